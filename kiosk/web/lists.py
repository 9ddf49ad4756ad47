"""Fields that offer answers: rooms write plain pairs, the forms library gets the choices it wants.

Pairs are (value, words); a mapping gives them under headings. The library takes
only its own objects from its next version on.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import wtforms
from wtforms.fields import choices as kinds

Pairs = Iterable[Any] | Mapping[str, Iterable[Any]] | None


def listed(pairs: Pairs) -> list[Any] | None:
    """Return choices from pairs, headings included; choices stay themselves."""
    if pairs is None:
        return None
    if isinstance(pairs, Mapping):
        return [_choice(pair, heading) for heading, group in pairs.items() for pair in group]
    return [_choice(pair) for pair in pairs]


def _choice(pair: Any, heading: str | None = None) -> Any:
    if isinstance(pair, kinds.SelectChoice):
        return pair
    value, words = pair[0], pair[1]
    return kinds.SelectChoice(value, words, optgroup=heading)


class _Listed:
    """A field whose choices may be given as pairs, at once, later, or by a function."""

    @property
    def choices(self) -> list[Any] | None:
        """What is offered now."""
        return listed(wtforms.SelectField.choices.fget(self))

    @choices.setter
    def choices(self, pairs: Any) -> None:
        wtforms.SelectField.choices.fset(self, pairs)


class SelectField(_Listed, wtforms.SelectField):
    """One answer of a list."""


class SelectMultipleField(_Listed, wtforms.SelectMultipleField):
    """Some answers of a list."""


class RadioField(_Listed, wtforms.RadioField):
    """One answer of a few."""


_OURS = {kind.__mro__[2]: kind for kind in (SelectField, SelectMultipleField, RadioField)}


def listing(unbound: Any) -> Any:
    """Return the field to be, of our kind where it offers answers."""
    unbound.field_class = _OURS.get(unbound.field_class, unbound.field_class)
    pairs = unbound.kwargs.get("choices")
    if pairs is not None and not callable(pairs):
        unbound.kwargs["choices"] = listed(pairs)
    return unbound

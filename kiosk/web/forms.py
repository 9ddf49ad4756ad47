"""Forms: the one base class, and how a refusal comes back onto the form.

What was typed stays; hostile characters are taken out before any rule runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from kiosk.language import msg
from kiosk.storage import Refusal
from kiosk.web.lists import listing
from kiosk.web.saying import Sayings

# Controls that hide or turn text around: null and C0 (but tab, line feed,
# carriage return), DEL and C1, bidirectional overrides and isolates, BOM.
_FORBIDDEN = dict.fromkeys(
    [c for c in range(32) if c not in (9, 10, 13)]
    + list(range(127, 160))
    + [0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)

_SHORT, _LONG = 200, 20_000
_SHOWN_AGAIN = 2_000
"""So many characters beyond a bound come back with the form: a paste to cut, no novel in every field."""


def clean(text: str | None) -> str | None:
    """Take out control and direction characters, and the spaces around."""
    return None if text is None else text.translate(_FORBIDDEN).strip()


class Form(FlaskForm):
    """Base of every form: cleaned text, bounded length, French messages.

    A text field that names no `Length` is bounded all the same, so that no page
    accepts a novel where a name is meant.
    """

    class Meta(FlaskForm.Meta):
        """How the fields of our forms are built."""

        def get_translations(self, _form: Any) -> Sayings:
            """Return the sentences of the library itself, in our words."""
            return Sayings()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Bind a field; a text is cleaned first and always bounded, choices are listed."""
            field = listing(unbound_field).bind(form=form, **options)
            if isinstance(field, StringField):
                field.filters = [clean, *(rule for rule in field.filters if rule is not clean)]
                if not any(isinstance(rule, Length) for rule in field.validators):
                    limit = _LONG if isinstance(field, TextAreaField) else _SHORT
                    field.validators = [*field.validators, max_length(limit)]
            return field

    def process(self, *args: Any, **more: Any) -> None:
        """Read what was posted; a number, a day or a box that came as a novel comes back short."""
        super().process(*args, **more)
        for field in self:
            if field.raw_data and not isinstance(field, StringField):
                field.raw_data = [one[:_SHORT] if isinstance(one, str) else one for one in field.raw_data]

    def refuse(self, refusal: Refusal) -> None:
        """Put a domain refusal where the reader will look: under its field, or on top."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(str(refusal))
        else:
            field.errors = [*field.errors, str(refusal)]


class _AtMost(Length):
    """A bound whose sentence is put into words when it is said, not when the form is written."""

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse a longer text; what comes back is no page's worth."""
        if len(field.data or "") > self.max:
            field.data = field.data[: self.max + _SHOWN_AGAIN]
            raise ValidationError(self.message)


def max_length(count: int) -> Length:
    """Return the rule that a text holds at most `count` characters."""
    return _AtMost(max=count, message=msg("Trop long : %(n)s caractères au plus.", n=count))


class Outcome:
    """Whether a block guarded by `refused` went through."""

    ok = True


@contextmanager
def refused(form: Form) -> Iterator[Outcome]:
    """Map a `Refusal` raised in the block onto `form`; `outcome.ok` tells which way it went."""
    outcome = Outcome()
    try:
        yield outcome
    except Refusal as refusal:
        outcome.ok = False
        form.refuse(refusal)


def is_submitted_ok(form: Form) -> bool:
    """Tell whether the request posts this form and every rule is met."""
    return request.method == "POST" and bool(form.validate())

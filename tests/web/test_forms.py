"""What forms say by themselves: our French, our apostrophes; and lists the library will still take."""

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
import wtforms
from wtforms import validators

import kiosk
from kiosk.language import use
from kiosk.paths import shelf
from kiosk.web.forms import Form
from kiosk.web.lists import listed
from kiosk.web.saying import SAID
from tests.support.machines import Machine

CALL = re.compile(r"gettext\(\s*((?:\"[^\"]*\",?\s*)+)")
STRAIGHT, BOUND = "'", re.compile(r"[^\u00a0\u202f\d][:;!?]")


def forms() -> dict[str, type[Form]]:
    """Every form of every room."""
    for found in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if found.name.rpartition(".")[2] == "forms":
            importlib.import_module(found.name)
    return {f"{one.__module__}.{one.__name__}": one for one in descendants(Form)}


def descendants(kind: type) -> Iterator[type]:
    """The classes made from a class."""
    for one in kind.__subclasses__():
        yield one
        yield from descendants(one)


def parts(form: type[Form]) -> Iterator[type]:
    """The kinds of fields and of rules a form is made of, their parents included."""
    for name in dir(form):
        unbound: Any = getattr(form, name, None)
        if hasattr(unbound, "field_class"):
            rules = [*unbound.args[1:2], unbound.kwargs.get("validators")]
            kinds = [unbound.field_class, *(type(rule) for group in rules if group for rule in group)]
            yield from (parent for kind in kinds for parent in kind.__mro__)


def said_by(kind: type) -> set[str]:
    """The sentences written in the library's own code of a kind of field or rule."""
    source = Path(str(importlib.import_module(kind.__module__).__file__)).read_text()
    body = re.split(r"^class ", source, flags=re.M)
    own = next(text for text in body if re.match(rf"{kind.__name__}\b", text))
    return {text for group in CALL.findall(own) for text in re.findall(r'"([^"]*)"', group)}


def test_every_sentence_of_the_library_that_a_form_can_say_is_ours() -> None:
    kinds = {kind for form in forms().values() for kind in parts(form)}
    told = {text for kind in kinds if kind.__module__.startswith("wtforms.") for text in said_by(kind)}
    internal = {"Choices cannot be None.", "Invalid field name '%s'."}
    assert len(told) > 8
    assert told - internal <= SAID.keys(), sorted(told - internal - SAID.keys())


@cache
def french() -> dict[str, str]:
    """The catalogue of French, that a program which speaks it does without."""
    with (shelf("translations") / "fr" / "LC_MESSAGES" / "messages.mo").open("rb") as compiled:
        found: dict[str, str] = GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("english", SAID)
def test_our_sentence_is_in_the_catalogue_and_well_written(english: str) -> None:
    ours = SAID[english]
    assert ours in french(), f"{ours}: run tests.translations"
    assert STRAIGHT not in ours and not BOUND.search(ours) and len(ours.split()) <= 12
    assert set(re.findall(r"%\(\w+\)\w", ours)) <= set(re.findall(r"%\(\w+\)\w", english))


class Asked(Form):
    """A form with every kind of answer that may be refused."""

    sort = wtforms.SelectField(choices=[("a", "A")])
    several = wtforms.SelectMultipleField(choices={"Groupe": [("a", "A")]})
    count = wtforms.IntegerField(validators=[validators.NumberRange(1, 5)])
    name = wtforms.StringField(validators=[validators.DataRequired()])
    code = wtforms.StringField(validators=[validators.Length(3, 5)])
    day = wtforms.DateField()


def refusals(kiosk: Machine, **typed: Any) -> dict[str, list[str]]:
    """What the form answers to what is typed, by field."""
    with kiosk.app.test_request_context(method="POST", data=typed), use("fr"):
        form = Asked(meta={"csrf": False})
        form.validate()
        return {name: list(map(str, said)) for name, said in form.errors.items() if name}


def test_a_refusal_says_our_sentence_with_its_figures(kiosk: Machine) -> None:
    said = refusals(kiosk, sort="z", several="z", count="7", code="x", day="31/02/2026")
    assert said == {
        "sort": ["Cette réponse n’est pas dans la liste."],
        "several": ["Cette réponse n’est pas dans la liste."],
        "count": ["Le nombre est entre 1 et 5."],
        "name": ["Une réponse manque ici."],
        "code": ["Il faut 3 à 5 signes."],
        "day": ["Cette date n’existe pas. Exemple\u00a0: 19/11/2026."],
    }
    assert refusals(kiosk, sort="a", count="deux", name="x", code="abc", day="2026-02-03") == {
        "count": ["Écrivez un nombre entier, en chiffres.", "Le nombre est entre 1 et 5."]
    }


def test_pairs_become_choices_the_library_will_still_take(kiosk: Machine) -> None:
    with warnings.catch_warnings(), kiosk.app.test_request_context():
        warnings.simplefilter("error", DeprecationWarning)
        form = Asked(meta={"csrf": False})
        form.sort.choices = {"Un": [("a", "A")], "Deux": [("b", "B")]}
        assert form.sort.has_groups() and '<optgroup label="Deux">' in str(form.sort())
        form.sort.choices = lambda: [("c", "C")]
        assert [one.value for one in form.sort.choices] == ["c"] and "C</option>" in str(form.sort())
        for form_class in forms().values():
            form_class(meta={"csrf": False})
    assert listed(None) is None and listed(listed([("a", "A")])) == listed([("a", "A")])


def test_what_is_far_too_long_comes_back_short_enough_for_a_phone(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    novel = {"given_name": "a" * 50_000, "birth_year": "1" * 50_000, "agreed": "y" * 50_000}
    answer = kadidia.send("/membres/nouveau", sex="F", registered_on="2026-11-20", **novel)
    assert answer.status_code == 422
    longest = max(map(len, re.findall(r"a+|1+|y+", answer.get_data(as_text=True))))
    assert 80 < longest <= 2_080

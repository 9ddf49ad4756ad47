"""The lists are data: a word is added, renamed, put aside, and old cards keep saying it."""

import uuid
from collections.abc import Callable

import pytest

from kiosk.language import get, use
from kiosk.members import exporting
from kiosk.members.facts import lines
from kiosk.members.fields import lists, words
from kiosk.members.fields.lists import Saying
from kiosk.members.importer.plan import Outcome, Plan
from kiosk.members.models import Member, RegisterWord
from kiosk.storage import NotFound, Refusal, session, transaction

Register = Callable[..., Member]
Bring = Callable[..., Plan]


def add(space: uuid.UUID | None, french: str, name: str = "occupation", bambara: str = "") -> RegisterWord:
    with transaction():
        return lists.add(name, Saying(french, bambara), space)


def test_a_word_of_the_space_is_offered_and_shown(space: uuid.UUID, register: Register) -> None:
    made = add(space, "Teinture de bazin")
    assert (made.code, "Teinture de bazin") in words.book().offered("occupation")
    awa = register(given_name="Awa", occupation=made.code)
    assert "Teinture de bazin" in [said for _, said in lines(awa)]


def test_a_word_put_aside_is_offered_no_more_and_cards_keep_it(space: uuid.UUID, register: Register) -> None:
    awa = register(given_name="Awa", occupation="farmer")
    with transaction():
        lists.put_aside("occupation", "farmer", space)
    book = words.book()
    assert "farmer" not in dict(book.offered("occupation"))
    assert "farmer" in dict(book.offered("occupation", [awa.occupation]))
    assert book.word("occupation", "farmer") == "Culture ou élevage"
    with transaction():
        lists.put_aside("occupation", "farmer", space, active=True)
    assert "farmer" in dict(words.book().offered("occupation"))


def test_a_renamed_word_is_renamed_on_every_card(space: uuid.UUID) -> None:
    with transaction():
        lists.rename("occupation", "farmer", Saying("Champs ou bêtes"), space)
    assert words.book().word("occupation", "farmer") == "Champs ou bêtes"


def test_the_same_word_twice_is_refused_however_it_is_spelled(space: uuid.UUID) -> None:
    add(space, "Teinture")
    for again in ("teinture", "TEINTURÉ", "Culture ou elevage"):
        with pytest.raises(Refusal, match="déjà"):
            add(space, again)
    with pytest.raises(Refusal, match="manque"):
        add(space, "  ")
    with transaction(), pytest.raises(NotFound):
        lists.rename("occupation", "nobody", Saying("Rien"), space)


def test_two_machines_that_add_one_word_add_it_once(space: uuid.UUID) -> None:
    first = add(space, "Teinture").uid
    with transaction():
        session().get_one(RegisterWord, first).active = False
        session().flush()
        assert lists.put_aside("occupation", "teinture", space, active=True).uid == first


def test_the_space_s_own_word_comes_before_the_centre_s(space: uuid.UUID) -> None:
    add(None, "Teinture")
    with transaction():
        lists.rename("occupation", "teinture", Saying("Teinturerie"), space)
    assert words.book().word("occupation", "teinture") == "Teinturerie"


def test_a_word_is_said_in_bambara_where_somebody_gave_it(space: uuid.UUID) -> None:
    add(space, "Teinture", bambara="Gala")
    with use(get("bm")):
        assert words.book().word("occupation", "teinture") == "Gala"
    assert words.book().word("occupation", "teinture") == "Teinture"


def test_a_file_that_says_a_word_of_the_space_is_understood_and_comes_back_the_same(
    space: uuid.UUID, bring: Bring, tmp_path: object
) -> None:
    add(space, "Pêche au filet")
    bring("Prénom;Nom;Occupation;Domaine du métier\nAwa;Sy;peche au filet;Santé\n")
    [_, row] = exporting.rows(named=True)
    titles = list(exporting.columns(named=True))
    assert row[titles.index("Occupation")] == "Pêche au filet"
    assert row[titles.index("Domaine du métier")] == "Santé"
    again = bring(";".join(titles) + "\n" + ";".join(row) + "\n")
    assert again.counts == {Outcome.SAME: 1}

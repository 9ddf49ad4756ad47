"""Taking an import back: all it wrote leaves, and nothing that people wrote since."""

from collections.abc import Callable

import pytest

from kiosk.members import queries, services
from kiosk.members.importer import writing
from kiosk.members.importer.plan import Outcome, Plan
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose
from kiosk.storage import NotFound, transaction

Bring = Callable[..., Plan]
Register = Callable[..., Member]


def found(words: str) -> Member:
    """The only member whom these words find."""
    (one,) = queries.find(words)
    return one


def test_an_import_is_taken_back_whole(bring: Bring, awa: Member) -> None:
    bring("registre-nioro.xlsx")
    assert (awa.occupation, queries.count()) == ("pupil", 21)
    run = writing.run_of_today()
    assert run is not None
    with transaction():
        services.amend(awa.uid, schooling="higher")
        assert writing.undo(run.uid) == 0
    assert (awa.occupation, awa.schooling, awa.phone, queries.count()) == (None, "higher", "+22376123456", 1)
    with pytest.raises(NotFound), transaction():
        writing.undo(run.uid)
    assert bring("registre-nioro.xlsx").counts[Outcome.NEW] == 20


def test_taking_an_import_back_leaves_what_people_wrote_since(bring: Bring, register: Register) -> None:
    sira = register(given_name="Sira", family_name="Ba")
    bring("Nom;Prénom;Village;Accord photo\nBa;Sira;Nioro;oui\nSow;Nana;Nioro;oui\nLy;Issa;Nioro;oui\n")
    with transaction():
        services.amend(found("nana").uid, phone="76 12 34 56")
        services.answer(sira.uid, Purpose.PHOTO, False)
    run = writing.run_of_today()
    assert run is not None
    with transaction():
        assert writing.undo(run.uid) == 1
    assert {found("nana").phone, sira.village} == {"+22376123456", None}
    assert queries.find("issa") == []
    assert queries.consents_of(sira.uid)[Purpose.PHOTO].granted is False

"""What people say of two cards of one space: suggest, confirm, part, take back."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.members import services as members
from kiosk.members.links import queries, scan, services
from kiosk.members.links.models import Likeness, LinkState, PersonKey, PersonLink, PersonSketch
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.storage import NotFound, Refusal, session, transaction
from tests.support.machines import Machine

YES, NO, OPEN = LinkState.CONFIRMED, LinkState.REFUSED, LinkState.PROPOSED
Register = Callable[..., Member]


@pytest.fixture
def kadidia(kiosk: Machine) -> uuid.UUID:
    return kiosk.people["manager"].uid


@pytest.fixture
def twice(register: Register) -> tuple[Member, Member]:
    """Goundo Niangado, registered twice under two spellings."""
    one = register(given_name="Goundo", family_name="Niangado", birth_year=2004)
    return one, register(given_name="Gundo", family_name="Ɲangado", birth_year=2005)


def look() -> int:
    with transaction():
        return scan.everything()


def said(pair: tuple[Member, Member], state: LinkState, by: uuid.UUID) -> PersonLink:
    with transaction():
        return services.say((pair[0].uid, pair[1].uid), state, by)


def suggested(across: bool = False) -> list[tuple[uuid.UUID, uuid.UUID]]:
    rows = session().execute(queries.waiting(across, queries.persons()))
    return [(found.a, found.b) for found, _, _ in rows]


def test_two_spellings_of_one_person_are_suggested(twice: tuple[Member, Member]) -> None:
    assert look() == 2
    assert suggested() == [(twice[0].uid, twice[1].uid)]
    assert queries.count_waiting(False) == 1 and queries.count_waiting(True) == 0


def test_a_card_taken_out_is_no_longer_suggested(twice: tuple[Member, Member]) -> None:
    look()
    with transaction():
        members.take_out(twice[1].uid)
    assert suggested() == []
    look()
    assert not session().scalars(select(Likeness)).all()
    assert set(session().scalars(select(PersonKey.member_uid))) == {twice[0].uid}
    assert len(session().scalars(select(PersonSketch)).all()) == 2


def test_a_linked_card_without_activity_may_still_be_taken_out(
    twice: tuple[Member, Member], kadidia: uuid.UUID
) -> None:
    said(twice, YES, kadidia)
    with transaction():
        members.take_out(twice[1].uid)


def test_the_phone_of_an_office_suggests_nobody(register: Register) -> None:
    for at in range(scan._CROWD + 1):
        register(
            given_name="Awa", family_name=f"Nom{chr(97 + at % 26)}{chr(97 + at // 26)}", phone="76123456"
        )
    look()
    assert suggested() == []


def test_a_yes_makes_one_person_and_changes_no_card(twice: tuple[Member, Member], kadidia: uuid.UUID) -> None:
    look()
    before = [(one.ver, one.card, one.birth_year) for one in twice]
    word = said(twice, YES, kadidia)
    assert (word.turn, word.by, word.space_uid) == (1, kadidia, twice[0].space_uid)
    assert word.why == "sound near_year"
    who = queries.persons()
    assert who.of(twice[1].uid) == min(one.uid for one in twice)
    assert suggested() == []
    assert [(one.ver, one.card, one.birth_year) for one in twice] == before


def test_a_no_is_not_suggested_again_even_after_the_card_changed(
    twice: tuple[Member, Member], kadidia: uuid.UUID
) -> None:
    look()
    said(twice, NO, kadidia)
    with transaction():
        members.amend(twice[1].uid, village="Diakha")
    look()
    assert suggested() == [] and session().scalars(select(Likeness)).all()
    assert queries.likenesses(twice[0]) == []


def test_an_answer_taken_back_asks_again(twice: tuple[Member, Member], kadidia: uuid.UUID) -> None:
    look()
    for state, people in ((YES, 1), (OPEN, 2), (NO, 2), (OPEN, 2), (YES, 1)):
        said(twice, state, kadidia)
        assert len({queries.persons().of(one.uid) for one in twice}) == people
        assert bool(suggested()) == (state == OPEN)
    rows = session().scalars(select(PersonLink).order_by(PersonLink.turn)).all()
    assert [(row.turn, row.state) for row in rows] == [(1, YES), (2, OPEN), (3, NO), (4, OPEN), (5, YES)]


def test_the_same_word_again_adds_nothing(twice: tuple[Member, Member], kadidia: uuid.UUID) -> None:
    said(twice, YES, kadidia)
    said((twice[1], twice[0]), YES, kadidia)
    assert len(session().scalars(select(PersonLink)).all()) == 1


def test_cards_already_one_person_by_a_chain_are_not_suggested(
    register: Register, twice: tuple[Member, Member], kadidia: uuid.UUID
) -> None:
    third = register(given_name="Goundo", family_name="Nyangado", birth_year=2004)
    look()
    assert len(suggested()) == 3
    said((twice[0], twice[1]), YES, kadidia)
    assert len(suggested()) == 2
    said((twice[1], third), YES, kadidia)
    assert suggested() == []
    said((twice[0], twice[1]), NO, kadidia)
    assert suggested() == [(twice[0].uid, third.uid)]


def test_a_person_s_page_knows_her_other_cards_then_suggestions(
    register: Register, twice: tuple[Member, Member], kadidia: uuid.UUID, statements: Callable[..., object]
) -> None:
    third = register(given_name="Goundo", family_name="Nyangado", birth_year=2004)
    look()
    said(twice, YES, kadidia)
    found = queries.likenesses(twice[0])
    assert [(like.member.uid, like.state) for like in found] == [(twice[1].uid, YES), (third.uid, None)]
    with statements(3):  # type: ignore[attr-defined]
        queries.likenesses(twice[0])


def test_one_card_is_not_two(twice: tuple[Member, Member], kadidia: uuid.UUID) -> None:
    with pytest.raises(NotFound), transaction():
        services.say((twice[0].uid, twice[0].uid), YES, kadidia)
    with pytest.raises(NotFound), transaction():
        services.say((twice[0].uid, uuid.uuid4()), YES, kadidia)


def test_a_space_never_decides_for_a_card_of_another(
    twice: tuple[Member, Member], kadidia: uuid.UUID, in_kiosk: Session
) -> None:
    with transaction():
        kayes = places.open_space("KAY", places.SpaceCard("Kayes"))
        visitor = members.register(kayes.uid, given_name="Goundo", family_name="Niangado", birth_year=2004)
    with pytest.raises(Refusal, match="deux espaces"):
        said((twice[0], visitor), YES, kadidia)
    with pytest.raises(Refusal, match="un seul espace"), transaction():
        services.say((twice[0].uid, twice[1].uid), YES, kadidia, across=True)
    look()
    assert all(like.member.space_uid == twice[0].space_uid for like in queries.likenesses(twice[0]))


def test_what_disagrees_within_one_person_is_a_task(twice: tuple[Member, Member], kadidia: uuid.UUID) -> None:
    assert queries.odd(False, queries.words()) == []
    said(twice, YES, kadidia)
    (task,) = queries.odd(False, queries.words())
    assert (task.what, {task.one.uid, task.other.uid}) == (("year",), {one.uid for one in twice})
    assert queries.odd(True, queries.words()) == []
    with transaction():
        members.amend(twice[1].uid, sex="M")
    assert [task.what for task in queries.odd(False, queries.words())] == [("sex", "year")], "one row a pair"
    with transaction():
        members.amend(twice[1].uid, birth_year=2004, sex="M")
    assert [task.what for task in queries.odd(False, queries.words())] == [("sex",)]
    with transaction():
        members.amend(twice[1].uid, sex="F")
    assert queries.odd(False, queries.words()) == []


def test_a_yes_and_a_no_said_at_once_leave_two_people_and_a_task(
    twice: tuple[Member, Member], kadidia: uuid.UUID
) -> None:
    word = said(twice, YES, kadidia)
    with transaction():
        other = PersonLink(a=word.a, b=word.b, space_uid=word.space_uid, state=NO, turn=1, why="", at=1)
        session().add(other)
    assert not queries.persons().cards
    assert [task.what for task in queries.odd(False, queries.words())] == [("said",)]
    said(twice, YES, kadidia)
    assert queries.persons().cards and [task.what for task in queries.odd(False, queries.words())] == [
        ("year",)
    ]


def test_a_word_that_claims_a_space_its_cards_are_not_of_is_no_word(
    twice: tuple[Member, Member], in_kiosk: Session
) -> None:
    with transaction():
        kayes = places.open_space("KAY", places.SpaceCard("Kayes"))
        visitor = members.register(kayes.uid, given_name="Goundo", family_name="Niangado")
        forged = {"space_uid": twice[0].space_uid, "state": YES, "turn": 9, "at": 1}
        session().add(PersonLink(a=twice[0].uid, b=visitor.uid, **forged))
    assert not queries.persons().cards


@pytest.fixture
def forged(twice: tuple[Member, Member], in_kiosk: Session) -> tuple[uuid.UUID, uuid.UUID]:
    """A word of Nioro about a card of Nioro and one of Kayes."""
    with transaction():
        kayes = places.open_space("KAY", places.SpaceCard("Kayes"))
        fields = {"given_name": "Gundo", "family_name": "Ɲangado", "birth_year": 2004}
        visitor = members.register(kayes.uid, **fields)
        pair = (min(twice[0].uid, visitor.uid), max(twice[0].uid, visitor.uid))
        about = {"space_uid": twice[0].space_uid, "turn": 9, "at": 1}
        session().add(PersonLink(a=pair[0], b=pair[1], state=NO, **about))
    look()
    return pair


def test_such_a_word_decides_nothing_hides_no_suggestion_and_is_not_shown(
    forged: tuple[uuid.UUID, uuid.UUID],
) -> None:
    assert queries.last_word(*forged) is None
    assert forged in suggested(across=True)
    for across in (True, False):
        assert not session().execute(queries.answered(across)).all()


def test_such_a_word_does_not_outlive_the_one_that_counts(
    forged: tuple[uuid.UUID, uuid.UUID], kadidia: uuid.UUID
) -> None:
    with transaction():
        true = PersonLink(a=forged[0], b=forged[1], space_uid=None, state=YES, turn=1, at=1)
        session().add(true)
    assert [row[0].uid for row in session().execute(queries.answered(True))] == [true.uid]
    assert queries.last_word(*forged) is true
    assert forged not in suggested(across=True)

"""Figures count people, not cards: the same girl in two spaces, chains, partings, both ends."""

import random
import re
import uuid
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.members import services as members
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.members.vocabulary import Sex
from kiosk.places import services as places
from kiosk.places.models import SiteKind
from kiosk.storage import session
from tests.house.source import modules
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.reports.test_both_ends import at_the_centre
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine

YES, NO, OPEN = LinkState.CONFIRMED, LinkState.REFUSED, LinkState.PROPOSED
Spaces = dict[str, uuid.UUID]


def say(machine: Machine, a: uuid.UUID, b: uuid.UUID, state: LinkState = YES, across: bool = True) -> None:
    role = "coordinator" if across else "manager"
    with machine.writing(role):
        links.say((a, b), state, machine.people[role].uid, across)


def by_uid(*cards: uuid.UUID) -> list[uuid.UUID]:
    """Cards in the order that says which stands for the person; these tests stop the clock."""
    return sorted(cards)


@pytest.fixture
def girl(centre: Machine, three: Spaces) -> tuple[uuid.UUID, uuid.UUID]:
    """The same girl, registered in Kayes and in Yélimané, there at a lesson of each."""
    with centre.writing():
        kayes = member(three["KAY"], "Hawa Sidibé", "F", 2008)
        yelimane = member(three["YEL"], "Awa Sidibe", "F", 2009)
        lesson(three["KAY"], [Half(MONDAY, {"present": [kayes, member(three["KAY"], "Issa Ba", "M", 1980)]})])
        lesson(three["YEL"], [Half(TUESDAY, {"present": [yelimane]})])
    return kayes, yelimane


def test_the_same_girl_in_two_spaces_counts_once_when_confirmed_and_twice_again_when_undone(
    centre: Machine, girl: tuple[uuid.UUID, uuid.UUID]
) -> None:
    assert (figures(centre).total.women_or_youth, figures(centre).total.people.women) == (2, 2)
    say(centre, *girl)
    found = figures(centre)
    assert (found.total.women_or_youth, found.total.people.women, found.total.people.total) == (1, 1, 2)
    assert found.in_several == 1
    assert sum(line.figures.people.total for line in found.spaces) == 3
    say(centre, *girl, OPEN)
    assert (figures(centre).total.women_or_youth, figures(centre).in_several) == (2, 0)


def test_a_space_s_column_never_moves_by_a_link_of_the_centre(
    centre: Machine, three: Spaces, girl: tuple[uuid.UUID, uuid.UUID]
) -> None:
    before = [line.figures for line in figures(centre).spaces]
    alone = figures(centre, space_uid=three["YEL"]).total
    say(centre, *girl)
    assert [line.figures for line in figures(centre).spaces] == before
    assert figures(centre, space_uid=three["YEL"]).total == alone


def test_a_point_without_a_machine_counts_by_every_link_within_a_space_and_between_two(
    centre: Machine, three: Spaces
) -> None:
    with centre.writing():
        point = places.open_site("MOB", "Caravane", None, SiteKind.MOBILE).uid
        one, other = member(three["KAY"], "Hawa Sidibé"), member(three["KAY"], "Awa Sidibe")
        third = member(three["YEL"], "Hawa Sidibe")
        lesson(three["KAY"], [Half(MONDAY, {"present": [one, other]})]).site_uid = point
        lesson(three["YEL"], [Half(TUESDAY, {"present": [third]})]).site_uid = point
    assert figures(centre, space_uid=point).total.people.total == 3
    with centre.writing("coordinator"):
        links.say((one, other), YES, centre.people["coordinator"].uid, False)
    assert figures(centre, space_uid=point).total.people.total == 2
    say(centre, other, third)
    found = figures(centre, space_uid=point)
    assert (found.total.people.total, found.total.participations) == (1, 2)
    assert figures(centre, space_uid=three["KAY"]).total.people.total == 1


def test_two_cards_at_one_sitting_and_on_one_day_are_one_day_of_one_person(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        one, other = member(nioro, "Awa Ba", "F", 2004), member(nioro, "Hawa Bah", "F", 2004)
        both = [one, other]
        lesson(nioro, [Half(MONDAY, {"present": both}), Half(MONDAY, {"present": both}, "15:00")])
        lesson(nioro, [Half(MONDAY, {"present": [other]}, "18:00")])
    assert (figures(kiosk).total.days, figures(kiosk).total.participations) == (200, 5)
    say(kiosk, one, other, across=False)
    total = figures(kiosk).total
    assert (total.people.total, total.participations, total.days) == (1, 3, 100)
    say(kiosk, one, other, NO, across=False)
    assert (figures(kiosk).total.people.total, figures(kiosk).total.days) == (2, 200)


def test_a_chain_counts_once_and_parting_its_middle_makes_two(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        cards = [member(nioro, f"Awa {name}", "F", 2004) for name in ("Ba", "Bah", "Baa", "Baah")]
        lesson(nioro, [Half(MONDAY, {"present": cards})])
    for a, b in pairwise(cards):
        say(kiosk, a, b, across=False)
    assert figures(kiosk).total.people.total == 1
    say(kiosk, cards[1], cards[2], NO, across=False)
    assert figures(kiosk).total.people.total == 2


def test_the_card_of_the_smallest_uid_says_sex_and_year(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        first, other = by_uid(member(nioro, "Awa Ba"), member(nioro, "Hawa Bah"))
        members.amend(first, sex=Sex.WOMAN, birth_year=1950)
        members.amend(other, sex=Sex.UNSAID, birth_year=2008)
        lesson(nioro, [Half(MONDAY, {"present": [other]})])
    assert figures(kiosk).total.people.women == 0
    say(kiosk, first, other, across=False)
    total = figures(kiosk).total
    assert (total.people.women, total.youth, total.people.total) == (1, 0, 1)


@pytest.mark.parametrize("seed", range(4))
def test_a_kiosk_and_the_centre_say_the_same_over_the_same_rows_and_links(
    kiosk: Machine, nioro: uuid.UUID, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    with kiosk.writing("manager"):
        cards = [member(nioro, f"P {at}", rng.choice("FM"), rng.choice((1980, 2005))) for at in range(14)]
        for day in (MONDAY, TUESDAY):
            marks = {"present": rng.sample(cards[:7], 5), "partial": rng.sample(cards[7:], 5)}
            lesson(nioro, [Half(day, marks), Half(day, {"late": rng.sample(cards, 6)}, "15:00")])
    for _ in range(12):
        a, b = rng.sample(cards, 2)
        say(kiosk, a, b, rng.choice((YES, YES, NO, OPEN)), across=False)
    here = figures(kiosk)
    centre = at_the_centre(kiosk, tmp_path)
    there = figures(centre)
    centre.close()
    assert there.total == here.total and there.spaces == here.spaces
    assert here.total.people.total < len({*cards})


def test_the_union_of_two_kiosks_is_the_centre_s_columns_whatever_it_links(
    machine: object, centre: Machine, three: Spaces, girl: tuple[uuid.UUID, uuid.UUID]
) -> None:
    with centre.writing():
        again = member(three["KAY"], "Hawa Sidibeh", "F", 2008)
        lesson(three["KAY"], [Half(TUESDAY, {"present": [again]})])
        session().flush()
        space = {"space_uid": three["KAY"]}
        word = links.PersonLink(
            a=min(girl[0], again), b=max(girl[0], again), state=YES, turn=1, at=1, **space
        )
        session().add(word)
    alone = {code: figures(centre, space_uid=uid).total for code, uid in three.items()}
    say(centre, again, girl[1])
    found = figures(centre)
    assert {line.space.uid: line.figures for line in found.spaces} == {
        three[code]: total for code, total in alone.items()
    }
    assert (alone["KAY"].people.women, alone["YEL"].people.women, found.total.people.women) == (1, 1, 1)


def test_two_cards_of_a_space_tied_through_another_space_are_two_people_in_its_own_report(
    centre: Machine, three: Spaces, girl: tuple[uuid.UUID, uuid.UUID]
) -> None:
    with centre.writing():
        again = member(three["KAY"], "Hawa Sidibeh", "F", 2008)
        lesson(three["KAY"], [Half(TUESDAY, {"present": [again]})])
    say(centre, girl[0], girl[1])
    say(centre, girl[1], again)
    alone = figures(centre, space_uid=three["KAY"])
    assert alone.total == alone.spaces[0].figures and alone.total.people.women == 2
    assert figures(centre).total.people.women == 1


def test_a_card_corrected_later_corrects_the_person(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        first, other = by_uid(member(nioro, "Awa Ba"), member(nioro, "Hawa Bah"))
        members.amend(first, sex=Sex.UNSAID)
        lesson(nioro, [Half(MONDAY, {"present": [other]})])
    say(kiosk, first, other, across=False)
    assert figures(kiosk).total.people.unsaid == 1
    with kiosk.writing("manager"):
        members.amend(first, sex=Sex.WOMAN)
    assert figures(kiosk).total.people.women == 1


PURE = {"kiosk/training/figures.py", "kiosk/reports/figures.py"}
SUMS = re.compile(r"\b(?:trained|days_by_person|person_days|person_minutes|indicators)\(")
ASKS = ("links.persons()", "facts_of_session(", "facts_of_person(")


def test_whatever_counts_people_asks_who_is_one_person() -> None:
    counting = [one for one in modules() if one.place not in PURE and SUMS.search(one.text)]
    assert {"kiosk/reports/queries.py", "kiosk/training/routes/sessions.py"} <= {
        one.place for one in counting
    }
    assert not [one.place for one in counting if not any(ask in one.text for ask in ASKS)]

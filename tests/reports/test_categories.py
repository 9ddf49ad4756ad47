"""People trained by trade and by role; and « environ » wherever an estimate enters a sum."""

import re
import uuid
from typing import Any

import pytest

from kiosk.members import services as members
from kiosk.reports import export
from kiosk.reports.figures import Named
from kiosk.reports.periods import Period
from kiosk.training import services
from kiosk.training.models import SessionKind
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine

PAGE = "/rapports?du=2026-01-01&au=2026-12-31"


def person(space: uuid.UUID, name: str, sex: str = "F", born: int = 1990, **said: Any) -> uuid.UUID:
    """Somebody with a trade or a role."""
    uid = member(space, name, sex, born)
    members.amend(uid, **said)
    return uid


def told(lines: Any) -> list[tuple[str, int, int]]:
    """The lines of a table of people: name, everybody, women."""
    return [(str(one.name), one.people.total, one.people.women) for one in lines]


def words(machine: Machine) -> str:
    """The report as a reader reads it."""
    page = machine.as_("manager").get(PAGE).get_data(as_text=True)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def crowd(space: uuid.UUID, count: int, trade: str = "", about: bool = False, **plan: Any) -> None:
    """A half-day to which people came whose names nobody took."""
    made = lesson(space, [Half(MONDAY, entered=False)], **plan)
    (sitting,) = services.sittings_of(made)
    services.count_heads(sitting, {("unsaid", "unknown"): count}, trade, about)
    services.close_sheet(sitting, {}, MONDAY)


def test_people_trained_by_trade_sum_to_everybody_trained(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        people = [
            person(nioro, "Awa", profession="media"),
            person(nioro, "Sira", profession="media"),
            person(nioro, "Demba", "M", profession="health"),
            person(nioro, "Issa", "M"),
        ]
        lesson(nioro, [Half(MONDAY, {"present": people}), Half(TUESDAY, {"present": people[:1]})])
        lesson(nioro, [Half(TUESDAY, {"absent": [person(nioro, "Oumou", profession="law")]}, "15:00")])
    found = figures(kiosk)
    assert told(found.sections.trades) == [("Médias", 2, 2), ("Santé", 1, 0), ("Métier pas dit", 1, 0)]
    assert sum(one.people.total for one in found.sections.trades) == found.total.people.total == 4
    assert "Médias 2 personnes" in words(kiosk)
    assert "Médias;2;0;0;2;0;\r\n" in export.as_csv(found).decode("utf-8-sig")


def test_a_creator_who_is_an_influencer_is_in_both_lines_and_once_in_the_last(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        both = person(nioro, "Awa", digital_roles=["creator", "influencer"])
        one = person(nioro, "Sira", digital_roles=["influencer"])
        lesson(nioro, [Half(MONDAY, {"present": [both, one, member(nioro, "Issa", "M")]})])
    roles = {name: total for name, total, _ in told(figures(kiosk).sections.roles)}
    assert roles == {"Influence en ligne": 2, "Crée des contenus": 1, "Au moins un de ces rôles": 2}


def test_young_women_elected_are_a_line_at_the_age_they_had_then(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        mayor, young = {"elected_as": "mayor"}, 2026 - 35
        people = [
            person(nioro, "Awa", "F", young, **mayor),
            person(nioro, "Sira", "F", young - 1, **mayor),
            person(nioro, "Demba", "M", young, **mayor, civil_society=True),
        ]
        lesson(nioro, [Half(MONDAY, {"present": people})])
    assert told(figures(kiosk).sections.roles) == [
        ("Mandat électif", 3, 2), ("Jeunes élues", 1, 1), ("Société civile", 1, 0),
        ("Au moins un de ces rôles", 3, 2),
    ]  # fmt: skip


def test_some_fifty_health_workers_trained_by_a_partner_are_about_fifty_in_every_sum(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        lesson(nioro, [Half(TUESDAY, {"present": [person(nioro, "Awa", profession="health")]})])
        exact = figures(kiosk)
        crowd(nioro, 50, "health", about=True)
    assert not exact.total.about
    found = figures(kiosk)
    (trade,) = found.sections.trades
    assert (str(trade.name), trade.people.total, trade.unnamed, trade.about) == ("Santé", 1, 50, True)
    assert found.total.people.total == 1, "an estimate never makes people trained"
    assert (found.total.days, found.total.about) == (2550, True)
    shown = words(kiosk)
    for said in ("25,5 environ", "environ 25,5", "Santé environ 50 personnes comptées sans nom 1 personne"):
        assert said in shown, said
    file = export.as_csv(found).decode("utf-8-sig")
    assert "Personnes-jours de formation;25,5;Nioro\r\n" in file
    assert "Personnes formées;1;\r\n" in file
    assert "Santé;1;0;0;1;50;oui\r\n" in file


def test_a_count_that_is_sure_is_not_said_to_be_about(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        crowd(nioro, 50, "health")
    found = figures(kiosk)
    assert not found.total.about
    assert found.sections.trades == [
        Named(found.sections.trades[0].name, found.sections.trades[0].people, 50)
    ]
    assert "environ" not in words(kiosk).split("Tous les chiffres")[1].split("Comment")[0]


def test_an_estimate_at_a_debate_is_about_in_its_participants_and_in_no_sum_of_training(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        crowd(nioro, 30, "media", about=True, kind=SessionKind.DEBATE, national_actor=True)
        came = person(nioro, "Awa", civil_society=True)
        lesson(nioro, [Half(TUESDAY, {"present": [came]})], kind=SessionKind.DEBATE)
    found = figures(kiosk)
    (debates,) = found.sections.gatherings
    assert (debates.came.total, debates.came.about, found.total.about) == (31, True, False)
    assert [(str(one.name), one.count, one.about) for one in debates.present] == [
        ("Médias", 30, True), ("Société civile", 1, False),
    ]  # fmt: skip
    assert found.sections.actors and found.sections.actors.came.about
    shown = words(kiosk)
    assert "environ 31 participants" in shown and "environ 30 participants" in shown
    assert "Médias environ 30" in shown


def test_what_was_published_counts_in_the_period_it_was_published_in(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"P {at}") for at in range(10)]
        halves = [Half(MONDAY, {"present": people}), Half(TUESDAY, {"present": people})]
        made = lesson(nioro, halves, kind=SessionKind.ACTION, campaign="Zéro déchet")
        for sitting, count in zip(services.sittings_of(made), (24, 6), strict=True):
            services.note_posts(sitting, count)
    (relay,) = figures(kiosk).sections.relays
    assert (relay.people.total, relay.posts) == (10, 30)
    assert "Zéro déchet 30 publications" in words(kiosk)
    (relay,) = figures(kiosk, Period(MONDAY, MONDAY)).sections.relays
    assert relay.posts == 24


@pytest.mark.parametrize("count", [0, 3])
def test_a_report_without_any_trade_shows_no_table_of_trades(
    kiosk: Machine, nioro: uuid.UUID, count: int
) -> None:
    with kiosk.writing("manager"):
        lesson(nioro, [Half(MONDAY, {"present": [member(nioro, f"P {at}") for at in range(count)]})])
    sections = figures(kiosk).sections
    assert (list(sections.trades), list(sections.roles)) == ([], [])

"""Beside training as a whole: domains, debates, consultations, national actors, campaigns, citizenship."""

import datetime
import uuid
from typing import Any

from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.reports import export
from kiosk.storage import new_uid, session
from kiosk.training import queries as training
from kiosk.training import services
from kiosk.training.following.models import FollowUp, FollowUpMeeting
from kiosk.training.models import SessionKind
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine

PAGE = "/rapports?du=2026-01-01&au=2026-12-31"


def came(space: uuid.UUID, people: list[uuid.UUID], **plan: Any) -> Any:
    """One half-day of a session to which these people came."""
    return lesson(space, [Half(MONDAY, {"present": people})], **plan)


def test_a_person_in_two_domains_stands_in_both_and_once_in_the_total(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa, sira, sekou = (
            member(nioro, name, sex) for name, sex in (("Awa", "F"), ("Sira", "F"), ("Sé", "M"))
        )
        came(nioro, [awa, sekou], theme="governance")
        came(nioro, [awa, sira], theme="marketing")
        came(nioro, [sira])
    found = figures(kiosk)
    lines = [(str(one.name), one.people.total, one.people.women) for one in found.sections.domains]
    assert lines == [("Gouvernance", 2, 1), ("Marketing", 2, 2), ("Domaine pas dit", 1, 1)]
    assert found.total.people.total == 3
    assert "Gouvernance" in kiosk.as_("manager").get(PAGE).get_data(as_text=True)


def test_the_domain_of_a_session_is_that_of_its_course_in_former_words_too(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        old = services.add_course(nioro, services.Outline("Tableur", domain="bureautique"))
        came(nioro, [member(nioro)], course_uid=old.uid)
    (line,) = figures(kiosk).sections.domains
    assert str(line.name) == "Bureautique"


def test_a_debate_of_twenty_five_people_is_one_debate_and_trains_nobody(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"Une {at}", "F", 2004) for at in range(10)]
        heads = {("M", "15-19"): 5, ("M", "36-"): 10}
        halves = [
            Half(MONDAY, {"present": people}, heads=heads),
            Half(TUESDAY, {"present": people}, heads=heads),
        ]
        lesson(nioro, halves, kind=SessionKind.DEBATE, theme="environment")
        lesson(nioro, [Half(MONDAY, {"absent": [people[0]]})], kind=SessionKind.DEBATE)
    found = figures(kiosk)
    (debates,) = found.sections.gatherings
    assert (debates.held, debates.came.total, debates.came.women, debates.came.youth) == (1, 25, 10, 15)
    assert [(str(name), count) for name, count in debates.about] == [("Environnement", 1)]
    assert (found.total.people.total, found.total.days, found.total.sessions) == (0, 0, 0)
    page = kiosk.as_("manager").get(PAGE).get_data(as_text=True)
    assert "Débats" in page and "40" in page and "Environnement" in page


def test_a_consultation_prints_the_share_of_women_present_and_of_those_who_spoke(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        made = lesson(
            nioro,
            [Half(MONDAY, heads={("F", "25-29"): 15, ("M", "36-"): 25})],
            kind=SessionKind.CONSULTATION,
        )
        (sitting,) = services.sittings_of(made)
        services.note_spoken(sitting, 12, 4, 3)
    (found,) = figures(kiosk).sections.gatherings
    assert (found.came.total, found.came.women, found.came.spoke.women) == (40, 15, 4)
    page = kiosk.as_("manager").get(PAGE).get_data(as_text=True)
    assert "38\u00a0%" in page and "27\u00a0%" in page, "15 of 40 were women; 4 of the 15 spoke"
    told = export.as_csv(figures(kiosk)).decode("utf-8-sig")
    assert "Concertations;1;40;15;25;0;15;12;4;3;\r\n" in told


def test_people_who_met_a_national_actor_are_counted_whatever_the_kind(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        lesson(
            nioro,
            [Half(MONDAY, heads={("F", "25-29"): 30})],
            kind=SessionKind.DEBATE,
            national_actor=True,
        )
        lesson(nioro, [Half(MONDAY, heads={("F", "25-29"): 7})], kind=SessionKind.DEBATE)
    actors = figures(kiosk).sections.actors
    assert actors and (actors.held, actors.came.total) == (1, 30)
    assert "acteurs nationaux" in kiosk.as_("manager").get(PAGE).get_data(as_text=True)


def test_who_came_to_a_formation_action_is_a_relay_of_its_campaign_once(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa, again, sira = (member(nioro, name) for name in ("Awa", "Awa bis", "Sira"))
        for who in ([awa], [again, sira]):
            came(nioro, who, kind=SessionKind.ACTION, campaign="Zéro déchet")
        came(nioro, [member(nioro, "Autre")], campaign="Zéro déchet")
        links.say((awa, again), LinkState.CONFIRMED, kiosk.people["manager"].uid)
    (campaign,) = figures(kiosk).sections.relays
    assert (str(campaign.name), campaign.people.total) == ("Zéro déchet", 2)


def test_one_person_trained_and_accompanied_in_citizenship_is_one_in_each_and_one_in_both(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro)
        came(nioro, [awa], theme="citizenship")
        follow = FollowUp(
            uid=new_uid(), space_uid=nioro, member_uid=awa, theme="citizenship", opened_on=MONDAY
        )
        session().add(follow)
        session().flush()
        meeting = {"follow_up_uid": follow.uid, "minutes": 30, "subject": "Préparer une question"}
        session().add(FollowUpMeeting(space_uid=nioro, day=TUESDAY, **meeting))
    civic = figures(kiosk).sections.civic
    assert civic and (civic.trained.total, civic.accompanied.total, civic.either.total) == (1, 1, 1)


def test_a_kind_of_a_newer_release_is_counted_beside_training_under_its_own_word(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        came(nioro, [member(nioro)], kind="palaver")
    found = figures(kiosk)
    assert [str(one.name) for one in found.sections.gatherings] == ["palaver"]
    assert found.total.people.total == 0


def test_a_day_in_a_debate_is_no_day_of_training_on_the_member_s_page(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro)
        came(nioro, [awa], kind=SessionKind.DEBATE)
        came(nioro, [awa], title="Word")
    with kiosk.open():
        facts, _ = training.facts_of_person(awa)
        assert training.person_days(facts) == 50
        assert len(training.attendance_facts(nioro, datetime.date(2026, 1, 1), TUESDAY)) == 1

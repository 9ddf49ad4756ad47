"""People without a name: one crowd a trade, counted or estimated; what participants publish."""

import re
import uuid
from collections.abc import Callable

from kiosk.members import services as members
from kiosk.storage import transaction
from kiosk.training import papers, queries, services
from kiosk.training.catalogue.models import SessionKind
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


def counted(course: Course) -> dict[str, tuple[int, bool]]:
    fresh()
    crowds = queries.crowds_of(course.sittings[0])
    return {trade: (one.total, one.about) for trade, one in crowds.items() if one.total}


def test_an_estimate_is_typed_with_its_trade_and_says_environ_on_every_page(
    manager: Client, course: Courses
) -> None:
    talk = course()
    page, sheet = f"/seances/{talk.sittings[0].uid}/sans-nom", f"/seances/{talk.sittings[0].uid}/presences"
    manager.send(page, was="aucun", profession="health", about="y", **{"n-unsaid-unknown": "50"})
    assert counted(talk) == {"health": (50, True)}
    assert "environ 50 personnes sans nom" in text(manager, sheet)
    shown = text(manager, f"/formations/{talk.training.uid}")
    assert "environ 50 sans nom" in shown and "25 environ" in shown
    again = manager.get(page).get_data(as_text=True)
    assert re.search(r'<option selected value="health"|<option value="health" selected', again)
    manager.send(page, was="health", profession="health", **{"n-unsaid-unknown": "48"})
    assert counted(talk) == {"health": (48, False)}


def test_crowds_of_two_trades_stand_side_by_side_and_none_is_counted_twice(
    manager: Client, course: Courses
) -> None:
    talk = course()
    page = f"/seances/{talk.sittings[0].uid}/sans-nom"
    manager.send(page, was="aucun", profession="", **{"n-F-20-24": "5"})
    manager.send(page, was="", profession="media", **{"n-F-20-24": "6"})
    assert counted(talk) == {"media": (6, False)}, "saying the trade later moves the count"
    manager.send(f"{page}?metier=aucun", was="aucun", profession="health", **{"n-M-36-": "3"})
    assert counted(talk) == {"health": (3, False), "media": (6, False)}
    twice = manager.send(f"{page}?metier=aucun", was="aucun", profession="media", **{"n-F-20-24": "9"})
    assert twice.status_code == 422 and "Ce métier a déjà un compte." in twice.get_data(as_text=True)
    assert counted(talk)["media"] == (6, False)
    assert queries.person_days([], queries.heads_in(queries.Scope(session_uid=talk.training.uid))) == 450


def test_a_trade_no_list_knows_is_refused_and_what_was_typed_stays(manager: Client, course: Courses) -> None:
    talk = course()
    page = f"/seances/{talk.sittings[0].uid}/sans-nom"
    for bad in ({"profession": "pirate"}, {"n-F-20-24": "cinq"}):
        answer = manager.send(page, was="aucun", **{"profession": "", "n-M-36-": "7", **bad})
        assert answer.status_code == 422 and 'value="7"' in answer.get_data(as_text=True)
    assert counted(talk) == {}


def test_ten_participants_and_what_they_published_stand_on_the_session(
    manager: Client, people: People, course: Courses
) -> None:
    action = course(kind=SessionKind.ACTION, campaign="Zéro déchet")
    ten = people(10)
    action.enrol(*ten)
    action.mark(action.sittings[0], present=ten)
    page = f"/seances/{action.sittings[0].uid}/modifier"
    fields = {"day": action.sittings[0].day.isoformat(), "minutes": "240", "weight": "50", "confirmed": "0"}
    manager.send(page, posts="24", **fields)
    shown = text(manager, f"/formations/{action.training.uid}")
    assert re.search(r"Publications 24 10 participants", shown), shown
    assert "Publications :" in text(manager, f"/formations/{action.training.uid}/feuille")


def test_a_course_asks_nothing_about_publications_and_loses_none(manager: Client, course: Courses) -> None:
    plain = course()
    with transaction():
        services.note_posts(plain.sittings[0], 3)
    page = f"/seances/{plain.sittings[0].uid}/modifier"
    assert 'name="posts"' not in manager.get(page).text
    day = plain.sittings[0].day.isoformat()
    manager.send(page, day=day, minutes="180", weight="50", confirmed="0")
    fresh()
    assert plain.sittings[0].posts == 3


def test_the_sheet_of_a_debate_says_the_category_of_those_it_knows(people: People, course: Courses) -> None:
    debate = course(kind=SessionKind.EXCHANGE)
    mayor, press, other = people(3)
    debate.enrol(mayor, press, other)
    members.amend(mayor, elected_as="mayor", profession="health")
    members.amend(press, profession="media")
    wanted = papers.Wanted(
        queries.sitting_lines(debate.training.uid), extra=papers.columns_of(debate.training)
    )
    rows = [
        row for folio in papers.sheet(debate.training, wanted)["folios"] for row in folio["rows"] if row[1]
    ]
    assert sorted(row[4] for row in rows) == ["", "Mairie (maire ou adjoint)", "Médias"]
    assert all(not row[-1] for row in rows), "the box to sign stays empty"

"""People accompanied one to one, faces after a session, and days held unpaid: three ledgers apart."""

import datetime
import uuid
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from kiosk.accounts import queries as accounts
from kiosk.reports import queries as reports
from kiosk.reports.periods import Period
from kiosk.storage import clock, session, transaction
from kiosk.storage.log import sync_log
from kiosk.training.beside.models import SessionTrainer
from kiosk.training.following import reading, services
from kiosk.training.following.models import FollowUp, SessionFace
from kiosk.training.following.services import Meeting
from kiosk.training.models import SittingState
from kiosk.training.routes import pace
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]
YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pace.forget()
    noon = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now_ms", lambda: int(noon.timestamp() * 1000))
    yield
    pace.forget()


def test_one_person_accompanied_with_three_meetings(
    manager: Client, people: People, space: uuid.UUID
) -> None:
    (awa,) = people(1)
    manager.send(f"/suivis/nouveau/{awa}", theme="citizenship", goal="Parler au conseil")
    fresh()
    uid = session().scalars(select(FollowUp.uid)).one()
    for day in (20, 22, 24):
        typed = {"day": f"2026-11-{day}", "minutes": "45", "subject": "Préparer", "next_step": "Écrire"}
        assert manager.send(f"/suivis/{uid}/rencontre", **typed).status_code == 303
    fresh()
    shown = reports.report(reports.Asked(YEAR, space))
    assert (shown.apart.accompanied, shown.apart.meetings) == (1, 3)
    assert shown.total.people.total == 0 and shown.total.days == 0
    assert "Écrire" in manager.get(f"/suivis/{uid}").text
    assert "3 rencontres" in manager.get("/suivis").text
    assert "3 rencontres" in manager.get(f"/membres/{awa}").text
    assert "Personnes accompagnées" in manager.get("/rapports?du=2026-01-01&au=2026-12-31").text


def test_one_trained_and_accompanied_is_one_in_each_and_one_in_the_union(
    people: People, course: Courses, space: uuid.UUID
) -> None:
    (awa,) = people(1)
    civic = course(theme="citizenship")
    civic.enrol(awa)
    civic.mark(civic.sittings[0], present=[awa])
    with transaction():
        followed = services.open_follow_up(awa, accounts.team(space)[0].uid, "citizenship", "")
        services.meet(followed.uid, Meeting(TUESDAY, 30, "Lettre"))
    found = reports.report(reports.Asked(YEAR, space)).sections.civic
    assert found is not None
    assert (found.trained.total, found.accompanied.total, found.either.total) == (1, 1, 1)


def test_a_meeting_struck_counts_no_more(manager: Client, people: People, space: uuid.UUID) -> None:
    (awa,) = people(1)
    with transaction():
        followed = services.open_follow_up(awa, accounts.team(space)[0].uid, "", "")
        met = services.meet(followed.uid, Meeting(TUESDAY, 30, "Lettre"))
    manager.send(f"/suivis/rencontres/{met.uid}/retirer", form_at=f"/suivis/{followed.uid}")
    fresh()
    assert reading.met(space, TUESDAY, TUESDAY) == []


def test_a_meeting_without_subject_or_of_no_minutes_is_refused(
    manager: Client, people: People, space: uuid.UUID
) -> None:
    (awa,) = people(1)
    with transaction():
        followed = services.open_follow_up(awa, accounts.team(space)[0].uid, "", "")
    for minutes, subject in (("0", "x"), ("9999", "x"), ("30", ""), ("x", "x")):
        typed = {"day": "2026-11-24", "minutes": minutes, "subject": subject}
        assert manager.send(f"/suivis/{followed.uid}/rencontre", **typed).status_code == 422


def test_three_phones_tap_faces_and_the_session_page_shows_two_and_one(
    kiosk: Machine, manager: Client, course: Courses
) -> None:
    excel = course()
    page = f"/programme/{excel.training.uid}/avis"
    for face in ("good", "good", "neutral"):
        phone = kiosk.client()
        assert phone.send(page, visage=face).status_code == 303
        assert "Merci" in phone.get(page).text
    fresh()
    assert reading.faces(excel.training.uid) == {"good": 2, "neutral": 1, "bad": 0}
    shown = manager.get(f"/formations/{excel.training.uid}").text
    assert "2 satisfaits" in shown and "1 neutre" in shown


def test_a_phone_taps_once_and_the_tap_is_nobodys(kiosk: Machine, manager: Client, course: Courses) -> None:
    excel = course()
    page = f"/programme/{excel.training.uid}/avis"
    manager.send(page, visage="bad")
    manager.post(page, data={"visage": "good"})
    fresh()
    (tap,) = session().scalars(select(SessionFace))
    assert tap.face == "bad" and tap.uid.version == 4
    told = set(SessionFace.__table__.columns.keys()) - {"uid", "ver", "cver_epoch", "cver_n", "deleted_at"}
    assert told == {"session_uid", "space_uid", "face"}
    mine = sync_log.c.tab == "session_face"
    assert set(session().scalars(select(sync_log.c.actor_uid).where(mine))) == {None}


def test_a_session_to_come_and_a_face_of_nobodys_are_refused(client: Client, course: Courses) -> None:
    later = course()
    with transaction():
        later.sittings[0].day = TUESDAY + datetime.timedelta(days=3)
    assert client.get(f"/programme/{later.training.uid}/avis").status_code == 409
    excel = course()
    assert client.send(f"/programme/{excel.training.uid}/avis", visage="angry").status_code == 409
    fresh()
    assert session().scalar(select(SessionFace)) is None


def test_days_held_unpaid_follow_from_the_sittings_and_are_written_nowhere(
    people: People, course: Courses, space: uuid.UUID
) -> None:
    excel, (awa,) = course(days=2, halves=2), people(1)
    excel.enrol(awa)
    who = accounts.team(space)[0]
    with transaction():
        row = SessionTrainer(
            space_uid=space, session_uid=excel.training.uid, staff_uid=who.uid, volunteer=True
        )
        session().add(row)
    assert reading.taught(space) == []
    for sitting in excel.sittings:
        excel.mark(sitting, present=[awa])
        excel.close(sitting)
    whole = sum(one.weight for one in excel.sittings if one.state == SittingState.HELD)
    held = reading.taught(space)
    assert sum(one.weight for one in held) == whole == 200
    shown = reports.report(reports.Asked(YEAR, space))
    assert shown.apart.taught == whole and shown.apart.given == 0
    assert shown.total.days == whole
    with transaction():
        row.volunteer = False
    assert reading.taught(space) == []

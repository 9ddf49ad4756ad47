"""Who stands beside a session: several trainers, volunteers' days, partners counted once."""

import datetime
import uuid
from collections import Counter
from collections.abc import Callable

import pytest

from kiosk.accounts import queries as staff
from kiosk.partners import queries as partners
from kiosk.partners import services as directory
from kiosk.partners.models import Kind
from kiosk.storage import Refusal, transaction
from kiosk.training import queries, services
from kiosk.training.beside import reading, writing
from kiosk.training.beside.models import Share
from kiosk.training.following import reading as following
from tests.support.pages import Client
from tests.training.conftest import TUESDAY, Course, fresh, text, undo_of

Courses = Callable[..., Course]
People = Callable[..., list[uuid.UUID]]


@pytest.fixture
def moussa(space: uuid.UUID) -> uuid.UUID:
    """A trainer of the space."""
    return next(one.uid for one in staff.trainers(space) if "Moussa" in one.name)


@pytest.fixture
def fecong(in_kiosk: object) -> uuid.UUID:
    """An organisation of the directory."""
    with transaction():
        card = directory.OrganisationCard(kind=Kind.FEDERATION, name="FECONG")
        return directory.add_organisation(card, None).uid


def given(space: uuid.UUID, first: datetime.date | None, last: datetime.date | None) -> dict[uuid.UUID, int]:
    """Hundredths of days by unpaid trainer."""
    days: Counter[uuid.UUID] = Counter()
    for one in following.taught(space, first, last):
        days[one.staff_uid] += one.weight
    return dict(days)


def test_a_volunteer_who_holds_two_days_gives_two_days_and_trainees_days_do_not_move(
    people: People, course: Courses, moussa: uuid.UUID, space: uuid.UUID
) -> None:
    excel = course(days=2, halves=2, trainer_uid=moussa)
    excel.enrol(*people(3))
    for sitting in excel.sittings:
        excel.mark(sitting, present=[one.uid for one in queries.seated(excel.training)])
        excel.close(sitting)
    days = queries.person_days(queries.facts_of_session(excel.training.uid))
    assert given(space, None, None) == {}
    with transaction():
        writing.set_team(excel.training, {moussa: True})
    assert given(space, None, None) == {moussa: 200}
    assert queries.person_days(queries.facts_of_session(excel.training.uid)) == days == 600


def test_a_sheet_that_waits_or_a_cancelled_sitting_gives_no_volunteer_day(
    course: Courses, moussa: uuid.UUID, space: uuid.UUID
) -> None:
    excel = course(days=3)
    with transaction():
        writing.set_team(excel.training, {moussa: True})
    excel.close(excel.sittings[0])
    excel.close(excel.sittings[1])
    with transaction():
        services.cancel_sitting(excel.sittings[1], "Coupure")
    assert given(space, None, None) == {moussa: 50}
    assert given(space, TUESDAY + datetime.timedelta(days=1), None) == {}


def test_two_sessions_on_one_date_give_a_volunteer_one_day_at_most(
    course: Courses, moussa: uuid.UUID, space: uuid.UUID
) -> None:
    for excel in (course(halves=2), course(halves=2)):
        with transaction():
            writing.set_team(excel.training, {moussa: True})
        for sitting in excel.sittings:
            excel.close(sitting)
    assert given(space, None, None) == {moussa: 100}


def test_who_steps_back_and_a_lead_replaced_do_not_hold_the_session_any_more(
    course: Courses, moussa: uuid.UUID, space: uuid.UUID
) -> None:
    kadidia = next(one.uid for one in staff.trainers(space) if one.uid != moussa)
    excel = course(trainer_uid=moussa)
    with transaction():
        writing.set_team(excel.training, {moussa: True, kadidia: True})
    assert [(one.lead, one.volunteer) for one in reading.team(excel.training)] == [
        (True, True),
        (False, True),
    ]
    with transaction():
        services.edit_session(excel.training, services.Plan(title="Excel", trainer_uid=kadidia))
    assert [one.uid for one in reading.team(excel.training)] == [kadidia]
    with transaction():
        writing.set_team(excel.training, {moussa: False})
    assert {one.uid for one in reading.team(excel.training)} == {moussa, kadidia}
    with transaction(), pytest.raises(Refusal, match="équipe"):
        writing.set_team(excel.training, {uuid.uuid4(): True})


def test_the_team_is_ticked_on_a_page_and_the_session_shows_it(
    manager: Client, course: Courses, moussa: uuid.UUID
) -> None:
    excel = course()
    page = f"/formations/{excel.training.uid}/equipe"
    assert "Moussa" in text(manager, page)
    assert manager.send(page, **{f"t-{moussa.hex}": "volunteer"}).status_code == 303
    shown = text(manager, f"/formations/{excel.training.uid}")
    assert "Moussa" in shown and "Bénévole" in shown


def test_a_partner_linked_to_a_session_is_on_its_page_and_counts_once(
    manager: Client, course: Courses, fecong: uuid.UUID, space: uuid.UUID
) -> None:
    for excel in (course(days=2), course()):
        page = f"/formations/{excel.training.uid}/partenaires"
        for share in Share:
            assert manager.send(page, organisation=fecong.hex, share=str(share)).status_code == 303
        for sitting in excel.sittings:
            excel.close(sitting)
    fresh()
    assert reading.organisations(space) == {(fecong, "donor"), (fecong, "partner")}
    assert [one.shares for one in reading.shared_with(fecong)] == [("donor", "partner")] * 2
    shown = text(manager, f"/collectifs/{fecong}")
    assert "2 formations partagées" in shown and "Bailleur, Partenaire" in shown


def test_taking_a_partner_off_can_be_taken_back(manager: Client, course: Courses, fecong: uuid.UUID) -> None:
    excel = course()
    page = f"/formations/{excel.training.uid}/partenaires"
    manager.send(page, organisation=fecong.hex, share="partner")
    assert manager.send(f"{page}/{fecong}/partner/retirer", form_at=page).status_code == 303
    fresh()
    assert reading.partners_of(excel.training.uid) == []
    assert manager.send(undo_of(manager, page), form_at=page).status_code == 303
    fresh()
    assert [name for _, name, _ in reading.partners_of(excel.training.uid)] == ["FECONG"]


def test_a_draft_is_not_on_the_page_of_its_partner(
    course: Courses, fecong: uuid.UUID, space: uuid.UUID
) -> None:
    with transaction():
        draft = services.plan_session(space, services.Plan(title="Secret"), [], draft=True)
        writing.link(draft, fecong, Share.PARTNER)
        writing.link(draft, fecong, Share.PARTNER)
    assert partners.organisation(fecong) and reading.shared_with(fecong) == []
    with transaction(), pytest.raises(Refusal, match="annuaire"):
        writing.link(draft, uuid.uuid4(), Share.DONOR)

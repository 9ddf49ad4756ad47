"""A member who works in the team: two profiles said to be one person's, shown as one, counted once."""

import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest

from kiosk.accounts import queries as accounts
from kiosk.members.models import Member, Volunteer
from kiosk.members.volunteers import queries, same, services
from kiosk.members.volunteers.services import Profile
from kiosk.reports.periods import Period
from kiosk.reports.queries import Asked, report
from kiosk.storage import Refusal, session, transaction
from tests.members.test_volunteers import DAY, _unhurried, manager, names, volunteer
from tests.support.pages import Client

__all__ = ["_unhurried", "manager", "volunteer"]


def test_a_member_who_works_in_the_team_has_one_profile_and_counts_once(
    manager: Client, space: uuid.UUID, volunteer: Volunteer
) -> None:
    who = next(one for one in accounts.team(space) if one.name.startswith("Moussa"))
    with transaction():
        second = services.enlist_staff(space, who.uid, Profile(("technical",)))
        services.give(volunteer.uid, DAY, "Accueil", Decimal("1"))
        services.give(second.uid, DAY, "Câbles", Decimal("0.5"))
    first, second_uid = volunteer.uid, second.uid
    assert volunteers_counted(space) == 2
    page = f"/benevoles/{second_uid}/meme-personne"
    assert "Awa Coulibaly" in manager.get(f"{page}?q=awa").text
    assert manager.send(f"{page}/{volunteer.member_uid}", form_at=page).location.endswith(str(first))
    session().rollback()
    assert names(space) == ["Awa Coulibaly"] and volunteers_counted(space) == 1
    shown = manager.get(f"/benevoles/{first}").text
    assert "Accueil" in shown and "Câbles" in shown and "une seule personne" in shown
    with transaction():
        again = services.enlist_staff(space, who.uid, Profile(("organising",)))
        assert again.uid == first, "no second profile is made for her"
    undo = f"/benevoles/{first}/meme-personne/separer"
    assert manager.send(undo, form_at=f"/benevoles/{first}").status_code == 303
    session().expire_all()
    assert names(space) == ["Awa Coulibaly", who.name] and volunteers_counted(space) == 2
    assert [one.task for one in queries.times(second_uid)] == ["Câbles"]


def volunteers_counted(space: uuid.UUID) -> int:
    period = Period(DAY, DAY)
    return report(Asked(period, space)).apart.volunteers


def test_a_colleague_is_one_member_and_no_other(
    space: uuid.UUID, volunteer: Volunteer, register: Callable[..., Member]
) -> None:
    who, hawa = accounts.team(space)[0], register(given_name="Hawa", family_name="Diarra", sex="F")
    with transaction():
        other = services.enlist_member(space, hawa.uid, Profile(("technical",)))
        same.link(volunteer.uid, who.uid)
    assert same.colleagues_like(other) == [one for one in accounts.team(space) if one.uid != who.uid]
    with transaction(), pytest.raises(Refusal, match="déjà liée"):
        same.link(other.uid, who.uid)
    with transaction(), pytest.raises(Refusal, match="déjà lié"):
        same.link(volunteer.uid, accounts.team(space)[1].uid)

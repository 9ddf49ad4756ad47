"""Job descriptions: published in versions, given to people; a holder sees the one in use, the others stay."""

import uuid

import pytest
from sqlalchemy import select

from kiosk.accounts import queries
from kiosk.accounts import services as staff
from kiosk.accounts.jobs import reading, services
from kiosk.accounts.jobs.models import JobHolder, JobSheet
from kiosk.accounts.jobs.services import Told
from kiosk.accounts.models import Role
from kiosk.places import services as spaces
from kiosk.storage import Refusal, clock, session
from tests.support.machines import Machine
from tests.support.pages import Client

ALL, FIRST, SECOND = "/fiches-de-poste", "- Former", "- Former\n- Remettre les attestations"


def written(machine: Machine, holder: str = "trainer") -> str:
    """Publish a description as the manager and give it to somebody; return its page."""
    kadidia = machine.as_("manager")
    page = kadidia.send(f"{ALL}/nouvelle", title="Formateur", body=FIRST).location
    given = kadidia.send(f"{page}/personnes", form_at=page, who=machine.people[holder].uid.hex)
    assert given.status_code == 303
    return str(page)


def second(machine: Machine, page: str) -> None:
    typed = {"title": "Formateur", "body": SECOND, "novelty": "Les attestations sont à vous."}
    assert machine.as_("manager").send(f"{page}/version", **typed).status_code == 303


def mine(client: Client) -> str:
    return client.get("/mon-compte").text


def test_a_holder_sees_version_two_and_version_one_stays_in_the_history(kiosk: Machine) -> None:
    page, his = written(kiosk), kiosk.as_("trainer")
    assert "version 1 du" in mine(his)
    second(kiosk, page)
    assert "version 2 du" in mine(his) and "version 1 du" not in mine(his)
    shown = his.get(page).text
    assert "Remettre les attestations" in shown and "Les attestations sont à vous." in shown
    with kiosk.open():
        now, before = reading.history(uuid.UUID(page.rsplit("/", 1)[1]))
    assert (now.number, before.number, before.body) == (2, 1, FIRST)
    old = his.get(f"{page}?version={before.uid.hex}").text
    assert "Remettre les attestations" not in old and "La version 2 l’a remplacée." in old
    assert "Remettre les attestations" in his.get(f"{page}/papier").text


def test_a_new_version_is_to_be_read_until_the_holder_says_she_read_it(kiosk: Machine) -> None:
    page, his, kadidia = written(kiosk), kiosk.as_("trainer"), kiosk.as_("manager")
    assert his.send(f"{page}/lue", form_at=page, numero="1").status_code == 303
    assert "À lire" not in mine(his) and "A lu" in kadidia.get(page).text
    second(kiosk, page)
    assert "À lire" in mine(his) and "Pas encore lu" in kadidia.get(page).text
    assert his.send(f"{page}/lue", form_at=page, numero="999").status_code == 303
    assert "À lire" in mine(his), "nobody reads what is not written"


def test_who_holds_nothing_reads_nothing_and_writes_nothing(kiosk: Machine) -> None:
    page, hers = written(kiosk), kiosk.as_("author")
    assert hers.get(page).status_code == hers.get(f"{page}/papier").status_code == 403
    for path in (ALL, f"{ALL}/nouvelle", f"{page}/version"):
        assert kiosk.as_("trainer").get(path).status_code == 403
    uid, trainer = kiosk.people["trainer"].uid, kiosk.as_("trainer")
    kiosk.as_("manager").send(f"{page}/personnes/{uid}/retirer", form_at=page)
    assert trainer.get(page).status_code == 403 and "Formateur</b>" not in mine(trainer)


def test_a_space_corrects_only_its_own_and_a_version_that_changes_nothing_is_refused(kiosk: Machine) -> None:
    with kiosk.writing():
        centre = services.write(Told("Responsable d’espace", "- Ouvrir"), None)
        here = next(iter(queries.trainers(kiosk_space(kiosk)))).space_uid
        with pytest.raises(Refusal, match="tenue ailleurs"):
            services.publish(centre.uid, Told("Responsable", "- Fermer"), here)
        with pytest.raises(Refusal, match="Rien n’a changé"):
            services.publish(centre.uid, Told("Responsable d’espace", " - Ouvrir "), None)
        assert JobSheet.scope(centre.uid, {"space_uid": None}) == "all"
    assert "Responsable d’espace" in kiosk.as_("manager").get(ALL).text


def test_the_centre_gives_its_description_to_any_team_and_a_space_s_to_that_team_alone(
    centre: Machine,
) -> None:
    with centre.writing():
        nioro, kayes = (spaces.open_space(code, spaces.SpaceCard(code)).uid for code in ("NIO", "KAY"))
        kadidia = staff.create_staff("Kadidia", Role.MANAGER, nioro).uid
        ramata = staff.create_staff("Ramata", Role.MANAGER, kayes).uid
        ours = services.write(Told("Responsable", FIRST), None).uid
        theirs = services.write(Told("Accueil", FIRST), nioro).uid
    salimata = centre.as_("coordinator")
    page = salimata.get(f"{ALL}/{ours}").text
    assert "Kadidia" in page and "Ramata" in page
    page = salimata.get(f"{ALL}/{theirs}").text
    assert "Kadidia" in page and "Ramata" not in page
    given = salimata.send(f"{ALL}/{ours}/personnes", form_at=f"{ALL}/{ours}", who=ramata.hex)
    assert given.status_code == 303
    with centre.open() as found:
        row = found.scalars(select(JobHolder)).one()
        assert row.space_uid == kayes, "it goes to her space"
        who = queries.colleague(ramata)
        assert who
        with pytest.raises(Refusal, match="autre espace"):
            services.give(theirs, who)
    taken = salimata.send(f"{ALL}/{ours}/personnes/{kadidia}/remettre", form_at=f"{ALL}/{ours}")
    assert taken.status_code == 303
    assert [one.name for one in holders(centre, ours)] == ["Kadidia", "Ramata"]


def holders(machine: Machine, uid: uuid.UUID) -> list[reading.Holder]:
    with machine.open():
        return reading.holders(uid)


def kiosk_space(machine: Machine) -> uuid.UUID:
    found = queries.colleague(machine.people["manager"].uid)
    assert found and found.space_uid
    return found.space_uid


def test_two_machines_that_publish_at_once_lose_nothing(kiosk: Machine) -> None:
    with kiosk.writing():
        first = services.write(Told("Formateur", FIRST), None)
        services.publish(first.uid, Told("Formateur", SECOND), None)
        twin = JobSheet(first_uid=first.uid, number=2, title="Formateur", body="- Autre", day=clock.today())
        session().add(twin)
        session().flush()
        assert [one.number for one in reading.history(first.uid)] == [2, 2, 1]
        assert services.publish(first.uid, Told("Formateur", "- Les deux"), None).number == 3
        said = {"number": 4, "title": "Formateur", "body": "- Quatre", "day": clock.today()}
        session().add(JobSheet(uid=uuid.UUID(int=1), first_uid=first.uid, **said))
        session().flush()
        assert reading.history(first.uid)[0].number == 4, "a machine whose clock is slow publishes too"


def test_a_sheet_put_away_leaves_the_accounts_and_comes_back_with_a_version(kiosk: Machine) -> None:
    page, his = written(kiosk), kiosk.as_("trainer")
    kiosk.as_("manager").send(f"{page}/ranger", form_at=page)
    assert "Ma fiche de poste" not in mine(his)
    second(kiosk, page)
    assert "Ma fiche de poste" in mine(his)

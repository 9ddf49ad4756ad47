"""Communes that act together, and places without a machine: noted, filled in, kept apart from kiosks."""

import datetime
import re
import uuid

from kiosk.members import services as members
from kiosk.places import queries, services, together
from kiosk.places.models import SiteKind
from kiosk.reports import queries as reports
from kiosk.reports.periods import Period
from kiosk.training import services as training
from kiosk.training.marking import Answer
from kiosk.training.models import Mark
from tests.support.machines import Machine
from tests.support.pages import Client

PAGE, NIORO, KIRANE = "/communes/groupes", "ML010610", "ML010706"


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True)))


def test_the_four_known_names_wait_to_be_filled_in(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    assert all(name in text(kadidia, PAGE) for name in together.NAMED)
    kadidia.send(f"{PAGE}/nouveau", name="SYCOTEN", communes=[NIORO, KIRANE])
    assert "2 communes" in text(kadidia, PAGE)
    with kiosk.open():
        assert "SYCOTEN" not in together.not_yet()


def test_a_group_is_corrected_and_put_aside(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    kadidia.send(f"{PAGE}/nouveau", name="SYCOTEN", communes=[NIORO])
    with kiosk.open():
        (group,) = together.groups()
    kadidia.send(f"{PAGE}/{group.uid}", name="SYCOTEN de Nioro", communes=[KIRANE])
    with kiosk.open():
        (found,) = together.groups(every=True)
        assert (found.name, found.communes, found.active) == ("SYCOTEN de Nioro", [KIRANE], False)
        assert together.groups() == []


def test_a_group_nobody_filled_in_says_what_to_do_and_is_no_filter(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    page = text(kadidia, PAGE)
    assert "Demandez la liste des communes à l’intercommunalité." in page and "communes à dire" in page
    kadidia.send(f"{PAGE}/nouveau", name="SYCOTEN")
    assert "il n’est pas encore un filtre" in text(kadidia, PAGE)
    assert ">SYCOTEN<" not in kadidia.get("/rapports").get_data(as_text=True)
    with kiosk.open():
        (group,) = together.groups(every=True)
    kadidia.send(f"{PAGE}/{group.uid}", name="SYCOTEN", communes=[NIORO], active="y")
    assert ">SYCOTEN<" in kadidia.get("/rapports").get_data(as_text=True)


def test_two_groups_never_share_a_name(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    kadidia.send(f"{PAGE}/nouveau", name="SYCOTEN")
    assert kadidia.send(f"{PAGE}/nouveau", name="sycoten").status_code == 422


def test_a_trainer_reads_communes_and_keeps_no_groups(kiosk: Machine) -> None:
    assert kiosk.as_("trainer").get("/communes").status_code == 200
    assert kiosk.as_("trainer").get(PAGE).status_code == 403


def test_a_mobile_point_is_in_the_filters_and_not_among_the_kiosks(centre: Machine) -> None:
    salimata = centre.as_("coordinator")
    sent = salimata.send("/sites/nouveau", code="MOB", name="Caravane", site="mobile", commune="")
    assert sent.status_code == 303
    with centre.open():
        found = queries.space_by_code("MOB")
        assert found and found.site == SiteKind.MOBILE
    assert "Point mobile" in text(salimata, "/sites")
    assert re.search(r"<option[^>]*>Caravane", salimata.get("/rapports").get_data(as_text=True))
    assert "Caravane" not in text(salimata, "/kiosques")


def test_a_session_held_at_a_mobile_point_is_found_by_its_filter_and_counts_once(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    with kiosk.writing():
        here = queries.here_uid()
        assert here
        point = services.open_site("MOB", "Caravane de Diéma", None, SiteKind.MOBILE).uid
        who = members.register(here, given_name="Awa", family_name="Sow", sex="F")
    typed = {"title": "Sous l’arbre", "first_day": "2026-11-20", "days": "1", "morning": "y"}
    typed |= {"morning_starts": "09:00", "morning_minutes": "180", "rhythm": "daily", "mode": "on_site"}
    choices = {"audience": "everyone", "kind": "course", "place": "caravane de DIÉMA", "act": "publish"}
    answer = kadidia.send("/formations/nouvelle", **typed, **choices)
    assert answer.status_code == 303
    assert "Caravane de Diéma" in kadidia.get("/formations/nouvelle").text
    with kiosk.writing():
        made = training.find_session(uuid.UUID(answer.location.rsplit("/", 1)[1]))
        assert made.site_uid == point
        training.enrol(made, [who.uid])
        sitting = training.sittings_of(made)[0]
        training.close_sheet(sitting, {who.uid: Answer(Mark.PRESENT)}, sitting.day)
    year = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    with kiosk.open():
        there, all_of_them = (reports.report(reports.Asked(year, uid)) for uid in (point, None))
    assert [one.space.name for one in there.spaces] == ["Caravane de Diéma"]
    assert there.total.people.total == all_of_them.total.people.total == 1
    assert "Caravane de Diéma" not in [one.space.name for one in all_of_them.spaces]


def test_a_place_keeps_its_code_and_changes_its_kind(centre: Machine) -> None:
    salimata = centre.as_("coordinator")
    salimata.send("/sites/nouveau", code="MOB", name="Caravane", site="mobile", commune="")
    again = salimata.send("/sites/nouveau", code="mob", name="Autre", site="centre", commune="")
    assert again.status_code == 422 and "porte déjà ce code" in again.get_data(as_text=True)
    salimata.send("/sites/MOB", code="MOB", name="Caravane 2", site="space", commune="")
    with centre.open():
        found = queries.space_by_code("MOB")
        assert found and (found.name, found.site) == ("Caravane 2", SiteKind.SPACE)

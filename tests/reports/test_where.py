"""The filter of communes that act together: their people's figures alone, never who has no known home."""

import re
import uuid

from kiosk.members import services
from kiosk.places import together
from tests.reports.conftest import MONDAY
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.support.pages import Client

NIORO, KIRANE = "ML010610", "ML010706"
YEAR = "/rapports?du=2026-01-01&au=2026-12-31"


def text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).get_data(as_text=True)))


def test_sycoten_gives_only_its_communes_figures(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"Personne {at}", "F", 1990) for at in range(3)]
        for uid, pcode in zip(people, (NIORO, KIRANE, None), strict=True):
            services.amend(uid, commune_pcode=pcode)
        lesson(nioro, [Half(MONDAY, {"present": people}, heads={("F", "unknown"): 5})])
        group = together.add("SYCOTEN", [NIORO], nioro).uid
    shown = text(kiosk.as_("manager"), f"{YEAR}&groupe={group.hex}")
    assert "Communes de SYCOTEN" in shown
    told = kiosk.as_("manager").get(f"/rapports/tableau.csv?{YEAR.partition('?')[2]}&groupe={group.hex}")
    lines = told.get_data().decode("utf-8-sig")
    assert f"{NIORO};1;0;0;1" in lines and KIRANE not in lines
    assert re.search(r"Personnes-jours[^;]*;[^\r]*0,5", lines), lines[:1500]


def test_a_group_that_nobody_filled_in_has_no_figures(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro, "Awa", "F", 1990)
        services.amend(awa, commune_pcode=NIORO)
        lesson(nioro, [Half(MONDAY, {"present": [awa]})])
        group = together.add("Merenguemou", [], nioro).uid
    told = kiosk.as_("manager").get(f"/rapports/tableau.csv?{YEAR.partition('?')[2]}&groupe={group.hex}")
    assert NIORO not in told.get_data().decode("utf-8-sig")


def test_an_unknown_group_is_no_page(kiosk: Machine) -> None:
    assert kiosk.as_("manager").get(f"{YEAR}&groupe={uuid.uuid4().hex}").status_code == 404

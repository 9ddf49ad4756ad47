"""Reach, as the coordination reads it: one woman trained in two spaces is one person once confirmed."""

import uuid
from collections.abc import Callable

from kiosk.members.links import scan
from kiosk.places import queries as places
from tests.reports.conftest import MONDAY, TUESDAY, in_file
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up

REACH = "Femmes ou jeunes"


def came(station: Post, spelled: str, day: object) -> uuid.UUID:
    """She comes to a session of this space, whose kiosk then exchanges with the centre."""
    with station.kiosk.writing("manager"):
        here = places.here_uid()
        assert here is not None
        who = member(here, spelled, "F", 2006)
        lesson(here, [Half(day, {"present": [who]})])  # type: ignore[arg-type]
    station.exchange()
    return who


def reach(centre: Machine) -> str:
    rows = in_file(centre.as_("coordinator"), "/rapports/tableau.csv")
    *_, total, _about = next(row for row in rows if row[1] == REACH)
    return total


def test_reach_counts_one_woman_of_two_spaces_once_the_centre_confirmed(
    machine: Callable[..., Machine], kiosk: Machine, centre: Machine
) -> None:
    nioro, kayes = link_up(kiosk, centre), link_up(machine(space="KAY"), centre, "KAY")
    pair = came(nioro, "Hawa Sidibé", MONDAY), came(kayes, "Awa Sidibe", TUESDAY)
    assert reach(centre) == "2"
    with centre.writing():
        scan.everything()
    salimata, page = centre.as_("coordinator"), f"/membres/{pair[0]}/avec/{pair[1]}"
    salimata.send(f"{page}/ouvrir", form_at=page)
    salimata.send(f"{page}/meme", form_at=page)
    assert reach(centre) == "1"
    salimata.send(f"{page}/ouverte", form_at=page)
    assert reach(centre) == "2"

"""Where the people trained live: by commune, women apart, each person once."""

import uuid

from kiosk.members import services
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.reports import export
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine

NIORO, KIRANE = "ML010610", "ML010706"


def test_people_are_counted_once_where_they_live_women_apart(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"Personne {at}", "FFMF"[at], 1990) for at in range(4)]
        for uid, pcode in zip(people, (NIORO, KIRANE, KIRANE, None), strict=True):
            services.amend(uid, commune_pcode=pcode)
        away = member(nioro, "Absente", "F", 1990)
        lesson(
            nioro, [Half(MONDAY, {"present": people, "absent": [away]}), Half(TUESDAY, {"present": people})]
        )
    homes = figures(kiosk).residence
    assert [(one.pcode, one.people.women, one.people.men, one.people.total) for one in homes] == [
        (KIRANE, 1, 1, 2),
        (NIORO, 1, 0, 1),
        ("", 1, 0, 1),
    ]
    assert str(homes[0].name) == "Kirané Kaniaga" and "cercle de Yélimané" in str(homes[0].above)
    assert sum(one.people.total for one in homes) == figures(kiosk).total.people.total


def test_two_cards_of_one_person_live_in_one_place(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        one, other = (member(nioro, f"Awa {at}", "F", 1990) for at in range(2))
        for uid in (one, other):
            services.amend(uid, commune_pcode=NIORO)
        lesson(nioro, [Half(MONDAY, {"present": [one, other]})])
        links.say((one, other), LinkState.CONFIRMED, kiosk.people["manager"].uid)
    (home,) = figures(kiosk).residence
    assert (home.pcode, home.people.total) == (NIORO, 1)


def test_the_page_and_the_file_say_it(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro, "Awa", "F", 1990)
        services.amend(awa, commune_pcode=KIRANE)
        lesson(nioro, [Half(MONDAY, {"present": [awa]})])
    page = kiosk.as_("manager").get("/rapports?du=2026-01-01&au=2026-12-31").get_data(as_text=True)
    assert "Kirané Kaniaga" in page and "dont 1 femme" in page and "Awa" not in page
    told = export.as_csv(figures(kiosk)).decode("utf-8-sig")
    assert "Kirané Kaniaga;ML010706;1;0;0;1\r\n" in told

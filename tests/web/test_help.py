"""Help is one touch away, and speaks first of the page it is asked from."""

import re

import pytest

from tests.support.machines import Machine


def titles(page: str) -> list[str]:
    """What the topics of the page are called, in their order."""
    return re.findall(r"</svg>([^<]+)</h2>", page)


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("/suivis", "Accompagner une personne"),
        ("/membres/groupes", "Inscrire tout un groupe"),
        ("/benevoles", "Noter le temps d’un bénévole"),
        ("/reservations", "Réserver un ordinateur ou une salle"),
        ("/membres/cartes", "Imprimer les cartes"),
        ("/nulle-part", "Noter une visite"),
    ],
)
def test_help_begins_with_what_one_was_doing(kiosk: Machine, page: str, first: str) -> None:
    asked = kiosk.as_("manager").get("/aide", headers={"Referer": f"http://localhost{page}"})
    assert titles(asked.get_data(as_text=True))[0] == first


def test_help_opens_whatever_the_browser_says_it_comes_from(kiosk: Machine) -> None:
    assert kiosk.as_("manager").get("/aide", headers={"Referer": "http://["}).status_code == 200


def test_a_stranger_s_help_is_the_same_from_everywhere(kiosk: Machine) -> None:
    one = kiosk.client().get("/aide", headers={"Referer": "http://localhost/suivis"})
    assert titles(one.get_data(as_text=True)) == titles(kiosk.client().get("/aide").get_data(as_text=True))

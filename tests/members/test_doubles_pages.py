"""The pages of doubles: a manager answers for her space, by name."""

import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.members import services as members
from kiosk.members.links import queries, scan
from kiosk.members.links.models import PersonLink
from kiosk.places import queries as places
from kiosk.places import services as spaces
from kiosk.storage import session
from tests.support.machines import Machine
from tests.support.pages import Client

Pair = tuple[uuid.UUID, uuid.UUID]


@pytest.fixture
def twice(kiosk: Machine) -> Pair:
    """Goundo Niangado, registered twice under two spellings."""
    with kiosk.writing("manager"):
        here = places.here_uid()
        assert here
        one = {"sex": "F", "birth_year": 2004, "phone": "76 12 34 56"}
        first = members.register(here, given_name="Goundo", family_name="Niangado", **one)
        other = members.register(
            here, given_name="Gundo", family_name="Ɲangado", **{**one, "birth_year": 2005}
        )
        members.register(here, given_name="Penda", family_name="Sow", sex="F")
        scan.everything()
        return first.uid, other.uid


@pytest.fixture
def kadidia(kiosk: Machine) -> Client:
    return kiosk.as_("manager")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def people(kiosk: Machine, pair: Pair) -> int:
    with kiosk.open():
        who = queries.persons()
        return len({who.of(uid) for uid in pair})


def between(pair: Pair, act: str = "") -> str:
    return f"/membres/{pair[0]}/avec/{pair[1]}" + (f"/{act}" if act else "")


def undo_of(page: str) -> str:
    found = re.search(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*Annuler', page, re.S)
    assert found
    return found[1]


def test_nobody_registered_twice_says_so(kadidia: Client) -> None:
    assert "Aucun doublon à vérifier" in text(kadidia, "/membres/doublons")
    assert "Aucune réponse encore" in text(kadidia, "/membres/doublons?vue=reponses")


def test_the_list_shows_both_names_why_and_how_likely(kadidia: Client, twice: Pair) -> None:
    page = text(kadidia, "/membres/doublons")
    assert "Goundo Niangado" in page and "Gundo Ɲangado" in page and "Penda" not in page
    assert "Même nom, écrit autrement, années de naissance proches et même téléphone" in page
    assert "Probable" in page and between(twice) in page


def test_a_person_s_page_asks_whether_she_is_another(kadidia: Client, twice: Pair) -> None:
    page = text(kadidia, f"/membres/{twice[0]}")
    assert "Peut-être la même personne" in page and "Gundo Ɲangado" in page
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    page = text(kadidia, f"/membres/{twice[1]}")
    assert "Ses autres cartes" in page and "Goundo Niangado" in page and "Peut-être" not in page


def test_side_by_side_each_line_says_whether_they_agree(kadidia: Client, twice: Pair) -> None:
    page = text(kadidia, between(twice))
    for word in (
        "Est-ce la même personne",
        "en 2004",
        "en 2005",
        "Proche",
        "Pareil",
        "76\u00a012\u00a034\u00a056",
    ):
        assert word in page
    assert "C’est la même personne" in page and "Ce sont deux personnes" in page


def test_yes_then_annuler(kiosk: Machine, kadidia: Client, twice: Pair) -> None:
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    page = text(kadidia, "/membres/doublons")
    assert "une personne, 2 cartes" in page and "Aucun doublon à vérifier" in page
    assert people(kiosk, twice) == 1
    kadidia.send(undo_of(page), form_at="/membres/doublons?vue=reponses")
    assert people(kiosk, twice) == 2
    assert "Gundo" in text(kadidia, "/membres/doublons")


def test_no_then_changing_one_s_mind_later(kiosk: Machine, kadidia: Client, twice: Pair) -> None:
    kadidia.send(between(twice, "autres"), form_at=between(twice))
    assert "Gundo" not in text(kadidia, "/membres/doublons")
    answers = text(kadidia, "/membres/doublons?vue=reponses")
    assert "Gundo" in answers and "Deux personnes" in answers
    page = text(kadidia, between(twice))
    assert "Kadidia Sissoko" in page and "Ce sont deux personnes" not in page
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    assert people(kiosk, twice) == 1


def test_parting_two_cards_then_annuler_ties_them_again(kiosk: Machine, kadidia: Client, twice: Pair) -> None:
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    kadidia.send(between(twice, "autres"), form_at=between(twice))
    assert people(kiosk, twice) == 2
    kadidia.send(undo_of(text(kadidia, "/membres/doublons")), form_at=between(twice))
    assert people(kiosk, twice) == 1


def test_one_comes_back_to_the_page_one_came_from(kadidia: Client, twice: Pair) -> None:
    path = f"{between(twice)}?fiche={twice[0].hex}"
    assert between(twice) in text(kadidia, f"/membres/{twice[0]}")
    answer = kadidia.send(between(twice, "meme"), form_at=path, fiche=twice[0].hex)
    assert answer.headers["Location"].endswith(f"/membres/{twice[0]}")
    answer = kadidia.send(between(twice, "autres"), form_at=path, fiche="//evil")
    assert answer.headers["Location"].endswith("/membres/doublons")


def test_a_manager_ties_a_card_that_nothing_suggests(kiosk: Machine, kadidia: Client, twice: Pair) -> None:
    with kiosk.open():
        (penda,) = [one.uid for one in kiosk_people("Penda")]
    page = text(kadidia, f"/membres/{penda}")
    assert "Relier à une autre carte" in page and f"/membres/{penda}/doublons" in page
    assert "Aucune carte ne ressemble" in text(kadidia, f"/membres/{penda}/doublons")
    found = text(kadidia, f"/membres/{penda}/doublons?q=gound")
    assert f"/membres/{penda}/avec/{twice[0]}" in found
    assert "Aucune autre carte trouvée" in text(kadidia, f"/membres/{penda}/doublons?q=penda")
    pair = (penda, twice[0])
    kadidia.send(between(pair, "meme"), form_at=between(pair))
    assert people(kiosk, pair) == 1


def kiosk_people(words: str) -> list[object]:
    from kiosk.members import queries as register

    return list(register.find(words))


def test_what_disagrees_stands_on_top_until_corrected(kiosk: Machine, kadidia: Client, twice: Pair) -> None:
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    assert "ne disent pas la même année" in text(kadidia, "/membres/doublons")
    with kiosk.writing("manager"):
        members.amend(twice[1], birth_year=2004)
    assert "ne disent pas" not in text(kadidia, "/membres/doublons")


def test_a_trainer_sees_no_doubles(kiosk: Machine, twice: Pair) -> None:
    moussa = kiosk.as_("trainer")
    for path in ("/membres/doublons", between(twice), f"/membres/{twice[0]}/doublons"):
        assert moussa.get(path).status_code == 403
    page = text(moussa, f"/membres/{twice[0]}")
    assert "Peut-être la même personne" not in page and "autre carte" not in page


def test_a_card_of_another_space_is_not_for_the_manager(kiosk: Machine, kadidia: Client, twice: Pair) -> None:
    with kiosk.writing("manager"):
        kayes = spaces.open_space("KAY", spaces.SpaceCard("Kayes"))
        visitor = members.register(
            kayes.uid, given_name="Goundo", family_name="Niangado", birth_year=2004
        ).uid
        scan.everything()
    pair = (twice[0], visitor)
    kadidia.inspecting = False
    assert kadidia.get(between(pair)).status_code == 409
    kadidia.send(between(pair, "meme"), form_at=between(twice))
    with kiosk.open():
        assert not session().scalars(select(PersonLink)).all()
    assert str(visitor) not in text(kadidia, "/membres/doublons")
    assert str(visitor) not in text(kadidia, f"/membres/{twice[0]}")


def test_the_list_costs_few_statements(
    kiosk: Machine, kadidia: Client, twice: Pair, statements: Callable[..., object]
) -> None:
    kadidia.get("/membres/doublons")
    signing_in = 1
    with statements(3 + signing_in):  # type: ignore[attr-defined]
        kadidia.get("/membres/doublons")


def test_a_card_with_itself_is_not_found(kadidia: Client, twice: Pair) -> None:
    kadidia.inspecting = False
    assert kadidia.get(between((twice[0], twice[0]))).status_code == 404
    assert kadidia.get(between((twice[0], uuid.uuid4()))).status_code == 404


def test_registering_under_another_spelling_shows_who_it_may_be_and_stops_nobody(
    kiosk: Machine, kadidia: Client, twice: Pair
) -> None:
    said = {"given_name": "Goundo", "family_name": "Nyangado", "sex": "F", "birth_year": "2004"}
    path = "/membres/nouveau"
    said["registered_on"] = "2026-03-04"
    shown = kadidia.send(path, **said).get_data(as_text=True)
    assert "peut-être déjà inscrite" in shown and "Goundo Niangado" in shown
    assert kadidia.send(path, **said, anyway="1").status_code == 303
    assert "Nyangado" in text(kadidia, "/membres")


def test_the_register_says_how_many_people_its_cards_are(kadidia: Client, twice: Pair) -> None:
    assert "3 personnes" in text(kadidia, "/membres")
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    page = text(kadidia, "/membres")
    assert "3 cartes, 2 personnes" in page and 'href="/membres/doublons"' in page


def test_what_disagrees_is_among_the_doubts(kadidia: Client, twice: Pair) -> None:
    kadidia.send(between(twice, "meme"), form_at=between(twice))
    page = text(kadidia, "/envois/a-verifier")
    assert "Goundo Niangado · Gundo Ɲangado" in page and between(twice) in page

"""Two managers at one card: both keep their words. And a family registered one after the other."""

import re
import uuid

import pytest
from werkzeug.test import TestResponse

from kiosk.members import queries, services
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from tests.support.machines import Machine
from tests.support.pages import Client

AWA = {"given_name": "Awa", "family_name": "Coulibaly", "sex": "F", "registered_on": "2026-03-04"}


def text(response: TestResponse) -> str:
    return response.get_data(as_text=True)


@pytest.fixture
def member(kiosk: Machine) -> uuid.UUID:
    """Awa, in the register of Nioro."""
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        fields = {"phone": "76123456", "village": "Diakha", "commune_pcode": "ML010610", "guardian": "Sira"}
        return services.register(space, [Purpose.REGISTER], **AWA_FIELDS, **fields).uid


AWA_FIELDS = {"given_name": "Awa", "family_name": "Coulibaly", "sex": "F", "languages": ["snk"]}


def seen(client: Client, page: str) -> str:
    """The prints of what a form shows."""
    return re.findall(r'name="seen" value="([0-9a-f.]+)"', text(client.get(page)))[0]


def typed(kiosk: Machine, member: uuid.UUID, **changed: str) -> dict[str, object]:
    """What a form sends back, all fields as they are but these."""
    with kiosk.open():
        one = queries.one(member)
        kept = {
            "given_name": one.given_name, "family_name": one.family_name, "sex": one.sex,
            "registered_on": one.registered_on.isoformat(), "phone": "76 12 34 56", "village": "Diakha",
            "commune_pcode": one.commune_pcode, "guardian": one.guardian, "languages": one.languages,
        }  # fmt: skip
    return {**kept, **changed}


def test_the_second_is_shown_both_words_and_hers_stands_once_she_chose(
    kiosk: Machine, member: uuid.UUID
) -> None:
    page = f"/membres/{member}/modifier"
    kadidia, moussa = kiosk.as_("manager"), kiosk.as_("manager")
    before = seen(moussa, page)
    hers, his = typed(kiosk, member, village="Youri"), typed(kiosk, member, village="Gogui", notes="Vu")
    assert kadidia.send(page, **hers, seen=seen(kadidia, page)).status_code == 303
    answer = moussa.send(page, **his, seen=before)
    assert answer.status_code == 422
    html = text(answer)
    assert "Entre-temps, une autre personne a écrit «\u00a0Youri\u00a0»." in html
    assert 'value="Gogui"' in html and "Vu</textarea>" in html
    with kiosk.open():
        assert (queries.one(member).village, queries.one(member).notes) == ("Youri", None)
    fresh = re.findall(r'name="seen" value="([0-9a-f.]+)"', html)[0]
    assert moussa.send(page, **his, seen=fresh).status_code == 303
    with kiosk.open():
        assert (queries.one(member).village, queries.one(member).notes) == ("Gogui", "Vu")


def test_the_second_is_told_what_else_changed_meanwhile(kiosk: Machine, member: uuid.UUID) -> None:
    page = f"/membres/{member}/modifier"
    kadidia, moussa = kiosk.as_("manager"), kiosk.as_("manager")
    before = seen(moussa, page)
    hers, his = typed(kiosk, member, village="Youri"), typed(kiosk, member, notes="Vu")
    kadidia.send(page, **hers, seen=seen(kadidia, page))
    answer = moussa.send(page, **his, seen=before)
    assert "Village ou quartier. Rien n’est perdu." in text(moussa.get(answer.location))
    with kiosk.open():
        assert (queries.one(member).village, queries.one(member).notes) == ("Youri", "Vu")


def test_the_same_correction_twice_is_no_quarrel(kiosk: Machine, member: uuid.UUID) -> None:
    page = f"/membres/{member}/modifier"
    kadidia, moussa = kiosk.as_("manager"), kiosk.as_("manager")
    before = seen(moussa, page)
    for client in (kadidia, moussa):
        assert client.send(page, **typed(kiosk, member, village="Youri"), seen=before).status_code == 303


def test_a_family_keeps_what_it_shares_and_each_says_her_name(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia = kiosk.as_("manager")
    page = text(kadidia.get(f"/membres/nouveau?comme={member.hex}"))
    for kept in (
        'value="Diakha"',
        'value="76\u00a012\u00a034\u00a056"',
        'value="Sira"',
        'value="snk" checked',
    ):
        assert kept in page, kept
    assert 'value="ML010610" selected' in page or 'selected value="ML010610"' in page
    for own in ('value="Awa"', 'value="Coulibaly"', 'value="F" checked'):
        assert own not in page
    assert "De la famille de Awa Coulibaly" in page


@pytest.mark.parametrize("who", ["nimporte", "0" * 32, "%00"])
def test_nobody_s_family_is_an_empty_form(kiosk: Machine, who: str) -> None:
    assert "De la famille" not in text(kiosk.as_("manager").get(f"/membres/nouveau?comme={who}"))


def test_who_may_be_registered_is_said_while_typing(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia = kiosk.as_("manager")
    form = {"csrf_token": kadidia.token("/membres/nouveau"), "given_name": "awa", "family_name": "COULIBALY"}
    kadidia.inspecting = False  # a piece of page
    found = kadidia.post("/membres/ressemblances", data=form)
    assert found.status_code == 200 and str(member) in text(found)
    assert "<html" not in text(found)
    for names, status in ((("awa", ""), 422), (("Issa", "Sow"), 204)):
        asked = {**form, "given_name": names[0], "family_name": names[1]}
        assert kadidia.post("/membres/ressemblances", data=asked).status_code == status
    assert kiosk.as_("author").post("/membres/ressemblances", data=form).status_code in (400, 403)


def test_what_is_held_about_her_is_read_and_printed(kiosk: Machine, member: uuid.UUID) -> None:
    page = text(kiosk.as_("manager").get(f"/membres/{member}/donnees"))
    for said in (
        "Awa Coulibaly",
        "Diakha",
        "Soninké",
        "Garder ces réponses à l’espace",
        "Accepté le",
        "Sira",
    ):
        assert said in page, said
    assert kiosk.as_("trainer").get(f"/membres/{member}/donnees").status_code == 403

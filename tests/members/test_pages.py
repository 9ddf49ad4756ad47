"""The register's pages: who may open them, and a registration from end to end."""

import re
import uuid
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from kiosk.members import queries, services
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.storage import clock
from tests.support.machines import Machine

AWA = {"given_name": "Awa", "family_name": "Coulibaly", "sex": "F", "registered_on": "2026-03-04"}


def text(response: TestResponse) -> str:
    return response.get_data(as_text=True)


@pytest.fixture
def member(kiosk: Machine) -> uuid.UUID:
    """Awa, already in the register of Nioro."""
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        return services.register(
            space, [Purpose.REGISTER], given_name="Awa", family_name="Coulibaly", sex="F", phone="76123456"
        ).uid


PAGES = ["", "/nouveau", "/{uid}", "/{uid}/modifier", "/{uid}/carte", "/import", "/export"]
READING = {"", "/{uid}", "/{uid}/carte"}


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_the_door(kiosk: Machine, member: uuid.UUID, page: str) -> None:
    answer = kiosk.client().get("/membres" + page.format(uid=member))
    assert (answer.status_code, "/connexion" in answer.location) == (303, True)


@pytest.mark.parametrize("page", PAGES)
def test_an_author_never_sees_the_register(kiosk: Machine, member: uuid.UUID, page: str) -> None:
    assert kiosk.as_("author").get("/membres" + page.format(uid=member)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_trainer_reads_and_cannot_edit(kiosk: Machine, member: uuid.UUID, page: str) -> None:
    answer = kiosk.as_("trainer").get("/membres" + page.format(uid=member))
    assert answer.status_code == (200 if page in READING else 403)
    if page == "/{uid}":
        assert "Modifier" not in text(answer) and "Retirer" not in text(answer)


def test_the_manager_registers_somebody_and_finds_her_by_half_a_name(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    answer = kadidia.send("/membres/nouveau", **AWA, phone="76 12 34 56", birth_year="2004", agreed="y")
    assert answer.status_code == 303
    page = text(kadidia.get(answer.location))
    for words in (
        "Awa Coulibaly est dans le registre.",
        "76\u00a012\u00a034\u00a056",
        "en 2004",
        "Membre depuis mars 2026",
    ):
        assert words in page
    assert "Awa Coulibaly" in text(kadidia.get("/membres?q=coul+aw"))
    with kiosk.open():
        awa = queries.find("awa")[0]
        assert queries.may(awa.uid, Purpose.REGISTER) and not queries.may(awa.uid, Purpose.PHOTO)


def test_no_agreement_is_written_that_nobody_gave(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    ticked = re.findall(r'<input[^>]*type="checkbox"[^>]*>', text(kadidia.get("/membres/nouveau")))
    assert len(ticked) >= 5 and not any("checked" in box for box in ticked)
    answer = kadidia.send("/membres/nouveau", **AWA)
    assert answer.status_code == 303, "she is in the register all the same"
    with kiosk.open():
        assert not queries.consents_of(queries.find("awa")[0].uid)
    assert "Pas demandé" in text(kadidia.get(answer.location))


def test_a_registration_just_done_is_undone_and_done_again(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia = kiosk.as_("manager")
    out = kadidia.send(f"/membres/{member}/retirer", form_at=f"/membres/{member}")
    assert "n’est plus dans le registre" in text(kadidia.get(out.location))
    assert kadidia.get(f"/membres/{member}").status_code == 404
    back = kadidia.send(f"/membres/{member}/remettre", form_at="/membres/nouveau")
    assert kadidia.get(back.location).status_code == 200


@pytest.mark.parametrize(
    ("typed", "year", "about"),
    [("vers 1990", 1990, True), ("24 ans", clock.today().year - 24, True), ("12/03/1990", 1990, False)],
)
def test_a_birth_is_understood_as_people_say_it(kiosk: Machine, typed: str, year: int, about: bool) -> None:
    assert kiosk.as_("manager").send("/membres/nouveau", **AWA, birth_year=typed).status_code == 303
    with kiosk.open():
        awa = queries.find("awa")[0]
        assert (awa.birth_year, awa.birth_year_about) == (year, about)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "76 12 34"}, "Il manque 2 chiffres."),
        ({"phone": "76 12 34 567"}, "Il y a 1 chiffre de trop."),
        ({"phone": "12 34 56 78"}, "n’existe pas au Mali"),
        ({"sex": ""}, "Choisissez une des trois réponses."),
        ({"given_name": " ", "family_name": ""}, "Le nom manque."),
        ({"birth_year": "deux mille"}, "en quatre chiffres"),
        ({"birth_year": "24"}, f"Pour 24\u00a0ans, c’est {clock.today().year - 24} environ."),
        ({"birth_year": "2090"}, "L’année est entre 1900 et 2026."),
        ({"registered_on": "2026-02-31"}, "Date"),
        ({"registered_on": "1066-01-01"}, "n’est pas possible"),
        ({"given_name": "A" * 10_000}, "Trop long"),
        ({"commune_pcode": "ML99"}, "Commune"),
    ],
)
def test_a_wrong_answer_is_said_and_what_was_typed_stays(
    kiosk: Machine, wrong: dict[str, str], sentence: str
) -> None:
    answer = kiosk.as_("manager").send("/membres/nouveau", **{**AWA, "village": "Korokodio", **wrong})
    assert answer.status_code == 422
    assert sentence in text(answer) and "Korokodio" in text(answer)
    with kiosk.open():
        assert queries.count() == 0


def test_hostile_answers_are_only_words(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    hostile = {
        "given_name": "<b>Awa</b>\x00\u202e",
        "village": "'; DROP TABLE member; --",
        "notes": "\u2066ok\u2069",
    }
    answer = kadidia.send("/membres/nouveau", **{**AWA, **hostile})
    page = text(kadidia.get(answer.location))
    assert "&lt;b&gt;Awa&lt;/b&gt; Coulibaly" in page and "<b>Awa" not in page
    with kiosk.open():
        member = queries.find("drop table")[0]
        assert (member.given_name, member.notes) == ("<b>Awa</b>", "ok")


def test_a_namesake_is_shown_first_and_stops_nobody(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia = kiosk.as_("manager")
    answer = kadidia.send("/membres/nouveau", **{**AWA, "given_name": "COULIBALY", "family_name": "awa"})
    assert "Cette personne est peut-être déjà inscrite." in text(answer)
    assert str(member) in text(answer)
    answer = kadidia.send("/membres/nouveau", **AWA, anyway="1")
    assert answer.status_code == 303
    with kiosk.open():
        assert queries.count() == 2


def test_a_card_is_corrected(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia = kiosk.as_("manager")
    page = text(kadidia.get(f"/membres/{member}/modifier"))
    assert 'value="76\u00a012\u00a034\u00a056"' in page
    answer = kadidia.send(f"/membres/{member}/modifier", **{**AWA, "family_name": "Diallo", "phone": ""})
    assert "La fiche de Awa Diallo est à jour." in text(kadidia.get(answer.location))


def test_two_people_who_correct_one_card_keep_each_other_s_words(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia, page = kiosk.as_("manager"), f"/membres/{member}/modifier"
    html = text(kadidia.get(page))
    (seen,) = re.findall(r'name="seen" value="([0-9a-f.]+)"', html)
    kadidia.send(page, **{**AWA, "phone": "66 00 00 00", "village": "Diakha"})
    # The second form was opened before: its phone and its village are the old ones.
    kadidia.send(page, **{**AWA, "family_name": "Diallo", "phone": "76 12 34 56", "seen": seen})
    with kiosk.open():
        awa = queries.one(member)
        assert (awa.family_name, awa.phone, awa.village) == ("Diallo", "+22366000000", "Diakha")


def test_a_half_number_kept_by_an_import_does_not_block_another_correction(
    kiosk: Machine, member: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        services.amend(member, phone="76 12 34", occupation="Chauffeur", commune_pcode="ML999999")
    kept = {"phone": "76 12 34", "occupation": "Chauffeur", "commune_pcode": "ML999999", "village": "Diakha"}
    answer = kiosk.as_("manager").send(f"/membres/{member}/modifier", **AWA, **kept)
    assert answer.status_code == 303
    with kiosk.open():
        awa = queries.one(member)
        assert {name: getattr(awa, name) for name in kept} == kept


def test_an_agreement_is_given_and_taken_back(kiosk: Machine, member: uuid.UUID) -> None:
    kadidia = kiosk.as_("manager")
    for granted in ("1", "0"):
        kadidia.send(
            f"/membres/{member}/accord", form_at=f"/membres/{member}", purpose="photo", granted=granted
        )
        with kiosk.open():
            assert queries.may(member, Purpose.PHOTO) is (granted == "1")
    answer = kadidia.send(
        f"/membres/{member}/accord", form_at=f"/membres/{member}", purpose="voter", granted="1"
    )
    assert answer.status_code == 409


def test_the_card_to_print_carries_its_number_as_a_code(kiosk: Machine, member: uuid.UUID) -> None:
    page = text(kiosk.as_("trainer").get(f"/membres/{member}/carte"))
    assert re.search(r"NIO-T\w\w0001-\w", page) and "<path" in page


def test_other_rooms_add_to_a_person_s_page(kiosk: Machine, member: uuid.UUID) -> None:
    kiosk.app.extensions["member_panels"] = [lambda uid: f"panneau {uid}", lambda uid: ""]
    assert f"panneau {member}" in text(kiosk.as_("manager").get(f"/membres/{member}"))


def test_an_empty_register_says_what_to_do(kiosk: Machine) -> None:
    assert "Inscrivez la première personne" in text(kiosk.as_("manager").get("/membres"))
    assert "Les membres apparaîtront ici." in text(kiosk.as_("trainer").get("/membres"))
    assert "Aucune personne trouvée" in text(kiosk.as_("manager").get("/membres?q=zzz"))


def test_the_list_costs_few_statements(
    kiosk: Machine, statements: Callable[..., object], member: uuid.UUID
) -> None:
    kadidia = kiosk.as_("manager")
    kadidia.get("/membres")

    def cost() -> int:
        with statements(99) as asked:  # type: ignore[attr-defined]
            kadidia.get("/membres")
        return sum("member" in statement for statement in asked)

    assert cost() <= 3
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        for n in range(40):
            services.register(
                space, given_name=f"Awa {n}", sex="F", village="Diakha", commune_pcode="ML010610"
            )
    assert cost() <= 3

"""Finding somebody by half a name, in any spelling, or by a number."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from kiosk.members import figured, queries, services
from kiosk.members.alike import may_be
from kiosk.members.filtering import Filter
from kiosk.members.models import Member, name_key
from kiosk.places import services as places
from kiosk.storage import clock, session, transaction
from kiosk.web.paging import Page, paginate
from tests.support.machines import Machine

Register = Callable[..., Member]


@pytest.mark.parametrize(
    "words",
    ["coulibaly", "Coul", "awa coul", "coul aw", "AWA", "76123456", "7612", "76 12 34", "3456",
     "+22376123456", "centre", "nioro-c", "awa*("],
)  # fmt: skip
def test_awa_is_found_by(awa: Member, words: str) -> None:
    assert queries.find(words) == [awa]


@pytest.mark.parametrize("words", ["awa diarra", "zzz", "99", "«»", "' OR 1=1 --", '"', "*", "\x00"])
def test_she_is_not_found_by(awa: Member, words: str) -> None:
    assert queries.find(words) == []


@pytest.mark.parametrize("words", ["nyogondeme", "Ɲɔgɔn", "nogon", "ɲɔgɔndɛmɛ", "NYOGO sir"])
def test_the_letters_of_bamanankan_are_found_in_any_spelling(register: Register, words: str) -> None:
    sira = register(given_name="Sira", family_name="Ɲɔgɔndɛmɛ")
    assert queries.find(words) == [sira]


@pytest.mark.parametrize("words", ["keita", "Kéïta", "modib"])
def test_accents_are_not_needed(register: Register, words: str) -> None:
    modibo = register(given_name="Modibo", family_name="Keïta")
    assert queries.find(words) == [modibo]


@pytest.mark.parametrize("words", ["tarawele", "jeneba", "Jeneba TARAWELE", "trawele djeneb"])
def test_another_spelling_of_a_name_finds_her_where_nobody_bears_it_as_typed(
    register: Register, words: str
) -> None:
    djeneba = register(given_name="Djénéba", family_name="Traoré")
    register(given_name="Awa", family_name="Diarra")
    assert queries.find(words) == [djeneba]


def test_whoever_bears_a_name_as_typed_comes_first_then_its_other_spellings(
    kiosk: Machine, register: Register
) -> None:
    traores = [register(given_name=name, family_name="Traoré") for name in ("Awa", "Binta", "Coumba")]
    hawa = register(given_name="Hawa", family_name="Tarawele", sex="M")
    assert queries.find("tarawele") == [hawa, *traores]
    assert queries.find("hawa tarawele") == [hawa, traores[0]]
    with kiosk.app.test_request_context("/membres?q=tarawele"):
        assert paginate(queries.in_lines("tarawele")).total == 4
    assert (
        len(session().execute(Filter(sex="F").narrow(queries.in_lines("tarawele"), clock.today())).all()) == 3
    )
    page = kiosk.as_("manager").get("/membres?q=tarawele").get_data(as_text=True)
    assert "4 personnes trouvées" in page and page.index("Hawa Tarawele") < page.index("Awa Traoré")


def test_other_spellings_never_push_out_whoever_bears_the_name_as_typed(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_LOOKED_AT", 3)
    hawa = register(given_name="Hawa", family_name="Tarawele")
    traores = [register(given_name=f"Awa {n}", family_name="Traoré") for n in range(4)]
    assert queries.find("tarawele") == [hawa, *traores[1:]]


def test_a_name_that_many_bear_as_typed_shows_nobody_else(register: Register) -> None:
    mohamed = register(given_name="Mohamed", family_name="Ba")
    several = [register(given_name="Mamadou", family_name=f"Ba {n}") for n in "abcde"]
    assert (queries.find("mamadou"), queries.find("mohamed ba")) == (several, [mohamed, *several])


@pytest.mark.parametrize("words", ["ndia", "N'Dia", "n’diaye", "diaye", "fat ndia"])
def test_an_apostrophe_is_not_needed_and_parts_nothing(register: Register, words: str) -> None:
    fatou = register(given_name="Fatou", family_name="N’Diaye")
    register(given_name="Nana", family_name="Diarra")
    assert queries.find(words) == [fatou]


def test_a_card_is_found_whole_bare_or_by_its_digits(awa: Member) -> None:
    for words in (awa.card, awa.card.lower(), awa.card.replace("-", ""), "0001", awa.card[4:]):
        assert queries.find(words) == [awa], words
    assert queries.by_card(awa.card.lower().replace("-", " ")) == awa


def test_an_amended_name_is_found_by_the_new_one_alone(awa: Member, register: Register) -> None:
    with transaction():
        services.amend(awa.uid, family_name="Diallo")
    assert queries.find("diallo") == [awa] and queries.find("coulibaly") == []


def test_the_list_follows_the_alphabet(register: Register) -> None:
    for name in ("Zan", "Élie", "Ɛlɛn", "Eva", "Ŋoni", "Nana", "Oumou", "Ɲama"):
        register(given_name=name)
    found = session().scalars(queries.listing()).all()
    assert [member.given_name for member in found] == [
        "Élie",
        "Eva",
        "Ɛlɛn",
        "Nana",
        "Ɲama",
        "Ŋoni",
        "Oumou",
        "Zan",
    ]


def test_a_page_of_the_list_costs_three_statements_whatever_its_length(
    register: Register, statements: Callable[[int], AbstractContextManager[list[str]]], kiosk: Machine
) -> None:
    for n in range(35):
        register(given_name=f"Awa {n:02d}")
    with kiosk.app.test_request_context("/membres?page=2"), statements(2):
        page: Page = paginate(queries.listing("awa"))
    assert (len(page.items), page.total, page.pages) == (5, 35, 2)


def test_namesakes_are_found_in_either_order_of_names(awa: Member) -> None:
    assert queries.may_be_known("COULIBALY Awa") == [awa]
    assert queries.may_be_known("awa coulibaly", 2005) == [awa]
    assert queries.may_be_known("awa coulibaly", 1980) == []
    assert queries.may_be_known("awa coulibaly", but=awa.uid) == []


def test_hyphens_and_apostrophes_do_not_part_namesakes() -> None:
    assert name_key("N’Diaye Anne-Marie") == name_key("anne marie NDIAYE")


def test_other_rooms_read_names_and_traits(awa: Member, in_kiosk: Session) -> None:
    assert queries.names_of([awa.uid]) == {awa.uid: "Awa Coulibaly"}
    assert figured.people([awa.uid])[awa.uid] == figured.Person("F", 2004, commune=awa.commune_pcode or "")
    assert queries.by_uids([awa.uid, awa.uid]) == {awa.uid: awa}
    assert queries.tally(clock.today()).women == 1


def test_a_number_that_two_people_bear_names_neither(register: Callable[..., Member]) -> None:
    """A row would be lent, or a mark put, to whichever the database came upon first."""
    one, other = register(given_name="Awa"), register(given_name="Bintou", family_name="Sow")
    assert queries.by_card(one.card.lower().replace("-", "")) is one
    with transaction():
        other.card = one.card
    assert queries.by_card(one.card) is None
    with transaction():
        other.given_name = other.family_name = ""
    assert queries.by_card(one.card) is one


def test_the_highest_number_is_a_number_whatever_stands_before_it(
    register: Callable[..., Member], space: uuid.UUID
) -> None:
    for card in ("NIO-000950-X", "YEL-000007-X", "ABC-000900-X", "ZZZ-12A456-X"):
        with_card = register(given_name="Awa")
        with transaction():
            with_card.card = card
    assert queries.highest_number(space) == 950


def test_of_very_many_the_last_written_are_found_in_the_alphabet_s_order(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_LOOKED_AT", 3)
    for name in ("Zan Ba", "Awa Ba", "Sira Ba", "Coumba Ba", "Binta Ba"):
        given, family = name.split()
        register(given_name=given, family_name=family)
    assert [one.given_name for one in queries.find("ba")] == ["Binta", "Coumba", "Sira"]
    assert [one.given_name for one in queries.find("zan b")] == ["Zan"]


def test_the_page_says_that_there_are_more_and_what_to_add(
    kiosk: Machine, awa: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    kadidia = kiosk.as_("manager")
    assert "1 personne trouvée" in kadidia.get("/membres?q=awa").get_data(as_text=True)
    monkeypatch.setattr(queries, "MANY", 1)
    page = kadidia.get("/membres?q=awa").get_data(as_text=True)
    assert "Plus de 1 personnes trouvées. Ajoutez un prénom ou un village." in page


@pytest.mark.postgres
def test_the_centre_finds_by_number_on_its_own_database_too(centre_pg: Machine) -> None:
    with centre_pg.writing():
        space = places.open_space("NIO", places.SpaceCard("Nioro"))
        named = {"given_name": "Awa", "family_name": "Traoré"}
        uid = services.register(space.uid, **named, sex="F", registered_on=clock.today()).uid
    with centre_pg.open():
        (found,) = queries.find("awa", 5, space.uid)
        assert found.uid == uid and queries.find("hawa", 5, space.uid) == []
        said = {"given_name": "Hawa", "family_name": "Tarawele", "birth_year": None}
        assert [one.uid for one in may_be(space.uid, said)] == [uid]

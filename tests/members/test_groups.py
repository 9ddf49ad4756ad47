"""Groups and classes: opened, filled from the register or a class list, put aside, taken back."""

import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.members import queries as register
from kiosk.members import services as members
from kiosk.members.groups import queries, services
from kiosk.members.groups.models import GroupKind, GroupMembership, MemberGroup
from kiosk.places import queries as places
from kiosk.storage import Refusal, session, transaction
from tests.support.machines import Machine
from tests.support.pages import Client

TEAM = "Chargés de communication"
GIVEN = ("Bakary", "Hawa", "Sékou", "Nana", "Modibo", "Assitan", "Boubou", "Sira", "Oumar", "Kadiatou")
CLASS = [f"{given} {family}" for given in GIVEN for family in ("Traoré", "Diarra", "Cissé")][:29]


@pytest.fixture
def kadidia(as_: Callable[[str], Client]) -> Client:
    return as_("manager")


def body(client: Client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def undo_of(html: str) -> str:
    notice = html[html.index('class="notices"') :]
    found = re.search(r'<form[^>]*action="([^"]+)"', notice)
    assert found, "nothing to take back"
    return found[1].replace("&amp;", "&")


def open_group(client: Client, name: str = TEAM, **fields: str) -> str:
    """Open a group by its form; return the address of its page."""
    answer = client.send("/membres/groupes/nouveau", name=name, kind="group", **fields)
    return str(answer.location)


def register_people(kiosk: Machine, *names: str) -> list[str]:
    with kiosk.open(), transaction():
        here = places.here_uid()
        assert here
        made = [
            members.register(here, given_name=one.split()[0], family_name=one.split()[1], sex="F")
            for one in names
        ]
        return [one.uid.hex for one in made]


def test_people_found_by_half_a_name_are_put_in_a_group_and_taken_back(
    kiosk: Machine, kadidia: Client
) -> None:
    awa, hawa = register_people(kiosk, "Awa Coulibaly", "Hawa Diawara")
    page = open_group(kadidia)
    assert "Hawa Diawara" in body(kadidia, f"{page}/ajouter?q=hawa")
    kadidia.send(f"{page}/ajouter", m=[awa, hawa])
    after = body(kadidia, f"{page}/ajouter")
    assert "2 personnes sont dans le groupe." in after
    assert "2 personnes" in body(kadidia, "/membres/groupes")
    kadidia.send(undo_of(after), form_at=page)
    assert "Personne dans ce groupe" in body(kadidia, page)


def test_a_typed_card_finds_its_bearer_already_ticked(kiosk: Machine, kadidia: Client) -> None:
    (awa,) = register_people(kiosk, "Awa Coulibaly")
    with kiosk.open():
        card = register.one(uuid.UUID(hex=awa)).card
    page = open_group(kadidia)
    assert re.search(rf'value="{awa}" checked', body(kadidia, f"{page}/ajouter?q={card}"))


def test_who_is_taken_out_stays_in_the_register_and_may_come_back(kiosk: Machine, kadidia: Client) -> None:
    (awa,) = register_people(kiosk, "Awa Coulibaly")
    page = open_group(kadidia)
    kadidia.send(f"{page}/ajouter", m=[awa])
    kadidia.send(f"{page}/sortir", m=awa, form_at=page)
    after = body(kadidia, page)
    assert "est sortie du groupe" in after
    with kiosk.open():
        rows = session().scalars(select(GroupMembership)).all()
        assert [(row.state, row.deleted_at) for row in rows] == [("out", None)]
    kadidia.send(undo_of(after), form_at=page)
    assert "Awa Coulibaly" in body(kadidia, page)


def test_a_pasted_class_of_thirty_is_seen_then_written_and_the_known_girl_is_not_doubled(
    kiosk: Machine, kadidia: Client
) -> None:
    register_people(kiosk, "Awa Coulibaly")
    page = open_group(kadidia, "9e année A", contact_name="Mme Sissoko")
    shown = kadidia.send(f"{page}/liste", lines="\n".join([*CLASS, "Awa Coulibaly"])).location
    preview = body(kadidia, shown)
    assert "29 personnes nouvelles" in preview and "1 déjà inscrite" in preview
    written = kadidia.send(f"{shown}/ecrire", form_at=shown)
    assert written.location.endswith(page)
    assert "30 personnes" in body(kadidia, page)
    with kiosk.open():
        assert register.count() == 30


def test_a_class_already_in_the_register_is_still_put_in_its_group(kiosk: Machine, kadidia: Client) -> None:
    register_people(kiosk, "Awa Coulibaly", "Hawa Diawara")
    page = open_group(kadidia)
    shown = kadidia.send(f"{page}/liste", lines="Awa Coulibaly\nHawa Diawara").location
    assert "Il reste à les mettre dans le groupe" in body(kadidia, shown)
    kadidia.send(f"{shown}/ecrire", form_at=shown)
    assert "2 personnes" in body(kadidia, page)


def test_a_pasted_list_counts_its_lines_as_the_person_sees_them_numbers_and_dashes_aside(
    kiosk: Machine, kadidia: Client
) -> None:
    page = open_group(kadidia)
    lines = "1. Awa Coulibaly\n\n3) Hawa 77\n- Sira Diarra"
    shown = kadidia.send(f"{page}/liste", lines=lines).location
    preview = body(kadidia, shown)
    assert "2 personnes nouvelles" in preview and f'href="{page}/liste"' in preview
    assert {"ligne 1", "ligne 3", "ligne 4"} == set(re.findall(r"<small>(ligne \d+)", preview)) - {"ligne 2"}
    assert re.search(r"Hawa 77.*?ligne 3\b", preview, re.DOTALL)
    rest = kadidia.send(f"{shown}/ecrire", form_at=shown).location
    after = body(kadidia, rest)
    assert "Le reste est déjà dans le registre." in after and "collez-la de nouveau" in after
    assert "Mettre dans le groupe" not in after


def test_a_list_of_which_no_line_can_be_written_says_so_and_offers_nothing_else(kadidia: Client) -> None:
    page = open_group(kadidia)
    shown = kadidia.send(f"{page}/liste", lines="Awa 12\nHawa 34").location
    preview = body(kadidia, shown)
    assert "Aucune ligne ne peut être écrite." in preview
    assert "Rien à écrire" not in preview and "déjà dans le registre" not in preview
    assert "Mettre dans le groupe" not in preview and "J’ai fini" in preview
    assert "ligne 1" in preview and "ligne 3" not in preview
    assert kadidia.send(f"{shown}/laisser", form_at=shown).location.endswith(f"{page}/liste")


def test_a_list_with_nothing_in_it_says_what_to_do(kadidia: Client) -> None:
    page = open_group(kadidia)
    answer = kadidia.send(f"{page}/liste", lines="")
    assert answer.status_code == 422 and "collez la liste" in answer.get_data(as_text=True)


def test_two_groups_of_a_space_never_share_a_name(kiosk: Machine, kadidia: Client) -> None:
    open_group(kadidia)
    answer = kadidia.send("/membres/groupes/nouveau", name="charges de COMMUNICATION", kind="class")
    assert answer.status_code == 422 and "porte déjà ce nom" in answer.get_data(as_text=True)


def test_a_group_put_aside_is_proposed_no_more_and_comes_back(kiosk: Machine, kadidia: Client) -> None:
    page = open_group(kadidia)
    kadidia.send(f"{page}/ranger", form_at=page)
    listed = body(kadidia, "/membres/groupes")
    assert f'href="{page}"' not in listed
    assert TEAM in body(kadidia, "/membres/groupes?ranges=1")
    kadidia.send(undo_of(listed), form_at=page)
    assert TEAM in body(kadidia, "/membres/groupes")


def test_an_erased_person_counts_in_no_group(kiosk: Machine, kadidia: Client) -> None:
    awa, _ = register_people(kiosk, "Awa Coulibaly", "Hawa Diawara")
    page = open_group(kadidia)
    kadidia.send(f"{page}/ajouter", m=[awa, _])
    with kiosk.open(), transaction():
        member = register.one(uuid.UUID(hex=awa))
        member.given_name = member.family_name = ""
    assert "1 personne" in body(kadidia, "/membres/groupes")
    assert "Personne effacée" not in body(kadidia, page)


def test_somebody_of_no_register_is_refused(kiosk: Machine) -> None:
    with kiosk.open(), transaction():
        here = places.here_uid()
        assert here
        group = services.open_group(here, services.GroupCard("Club", GroupKind.GROUP))
        with pytest.raises(Refusal):
            services.put_in(group, [uuid.uuid4()])
        assert queries.people(group.uid) == []


def test_two_machines_that_put_the_same_person_in_make_one_row(kiosk: Machine, kadidia: Client) -> None:
    (awa,) = register_people(kiosk, "Awa Coulibaly")
    page = open_group(kadidia)
    kadidia.send(f"{page}/ajouter", m=[awa, awa])
    kadidia.send(f"{page}/ajouter", m=[awa])
    with kiosk.open():
        assert len(session().scalars(select(GroupMembership)).all()) == 1
        assert session().scalars(select(MemberGroup)).one().name == TEAM

"""Shelves somebody named: offered, filled, and found by the key that sessions bear too."""

import re
import uuid
from collections.abc import Callable

from kiosk.library import queries
from kiosk.library.models import Material
from kiosk.storage import clock, transaction
from kiosk.training import services as training
from tests.library.conftest import space_of
from tests.library.test_staff import TYPED, made
from tests.support.machines import Machine

NEW, SHELF = "/mediatheque/nouveau", "/mediatheque?theme=developpement-durable"


def shelved(machine: Machine, path: str) -> str:
    return re.sub(r"<[^>]+>", " ", machine.client().get(path).get_data(as_text=True))


def test_a_domain_added_by_the_space_filters_sessions_and_materials_by_one_key(kiosk: Machine) -> None:
    manager = kiosk.as_("manager")
    answer = manager.send("/formations/domaines/nouveau", label="Développement durable")
    assert answer.status_code == 303
    assert manager.send(NEW, **{**TYPED, "theme": "developpement-durable"}).status_code == 303
    with kiosk.open(), transaction():
        plan = training.Plan(title="Reboiser la berge", theme="developpement-durable")
        training.plan_session(space_of(kiosk), plan, [training.HalfDay(clock.today(), "09:00", 180)])

    assert made(kiosk).shelf == "Développement durable", "machines that never heard the key can say it"
    shown = shelved(kiosk, SHELF)
    assert "Réparer une lampe solaire" in shown and "Développement durable" in shown
    assert "Réparer une lampe solaire" not in shelved(kiosk, "/mediatheque?theme=travail")
    assert "Reboiser la berge" in manager.get("/formations?domaine=developpement-durable").text
    links = manager.get("/formations/domaines").text
    assert f'href="{SHELF}"' in links and 'href="/formations?domaine=developpement-durable"' in links


def test_a_shelf_is_named_while_a_material_is_written_down_and_found_again_in_any_spelling(
    kiosk: Machine,
) -> None:
    manager = kiosk.as_("manager")
    assert manager.send(NEW, **{**TYPED, "new_shelf": "Pêche au fleuve"}).status_code == 303
    one = made(kiosk)
    assert (one.theme, one.shelf) == ("peche-au-fleuve", "Pêche au fleuve")
    assert ">Pêche au fleuve</span></a>" in kiosk.client().get("/mediatheque").text

    again = {**TYPED, "title": "Poser un filet", "new_shelf": "peche au FLEUVE"}
    assert manager.send(NEW, **again).status_code == 303
    assert "(2)" in shelved(kiosk, "/mediatheque?theme=peche-au-fleuve")


def test_a_name_of_ours_is_our_shelf_and_a_domain_of_ours_leads_to_it(kiosk: Machine) -> None:
    kiosk.as_("manager").send(NEW, **{**TYPED, "new_shelf": "santé"})
    assert (made(kiosk).theme, made(kiosk).shelf) == ("sante", None)
    assert "Réparer une lampe solaire" in shelved(kiosk, "/mediatheque?theme=health")


def test_the_name_of_a_domain_is_that_domain_whatever_its_key(kiosk: Machine) -> None:
    kiosk.as_("manager").send(NEW, **{**TYPED, "new_shelf": "genre"})
    assert (made(kiosk).theme, made(kiosk).shelf) == ("gender", "Genre")


def test_shelves_nobody_filled_are_not_shown_and_strange_ones_show_everything(
    kiosk: Machine, added: Callable[..., Material]
) -> None:
    added()
    assert "Genre" not in kiosk.client().get("/mediatheque").text
    assert "Rien trouvé" in shelved(kiosk, "/mediatheque?theme=gender")
    assert "Réparer une lampe solaire" in shelved(kiosk, f"/mediatheque?theme={uuid.uuid4()}")


def test_materials_of_one_named_shelf_stand_together(kiosk: Machine, added: Callable[..., Material]) -> None:
    for title, shelf in (("A", "Eau"), ("B", "Bois"), ("C", "Eau"), ("D", "Bois")):
        added(title=title, theme=shelf.lower(), shelf=shelf)
    page = kiosk.client().get("/mediatheque").text
    assert [page.count(f"<h2>{name}</h2>") for name in ("Eau", "Bois")] == [1, 1]
    with kiosk.open() as session:
        rows = session.execute(queries.shelf("fr", queries.Wanted())).all()
    assert [row[0].title for row in rows] == ["B", "D", "A", "C"]


def test_a_name_that_gives_no_key_is_refused_and_a_long_one_fits_its_column(kiosk: Machine) -> None:
    manager, column = kiosk.as_("manager"), Material.__table__.c.theme.type
    answer = manager.send(NEW, **{**TYPED, "new_shelf": "ߛߓߍߛߎ߲"})
    assert answer.status_code == 422 and "lettres latines" in answer.text
    long = "Accompagnement des coopératives maraîchères du fleuve"
    with kiosk.open(), transaction():
        first = training.add_theme(space_of(kiosk), long)
        training.edit_theme(space_of(kiosk), first.key, "Maraîchage")
        second = training.add_theme(space_of(kiosk), long)
    assert second.key != first.key and len(second.key) <= column.impl.length

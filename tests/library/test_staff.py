"""Staff at the shelves: a sheet, its files, withdrawing, and what they may not touch."""

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.library import queries
from kiosk.library.models import Material, MaterialFile
from kiosk.library.vocabulary import PARTS, Part
from kiosk.storage.files import FileStore
from tests.library.conftest import MP3, MP4, picture
from tests.support.machines import Machine

TYPED = {
    "title": "Réparer une lampe solaire",
    "kind": "video",
    "language": "fr",
    "theme": "travail",
    "licence": "cc-by",
    "summary": "Trois pannes, trois gestes.",
    "duration": "6:20",
    "title_bm": "",
    "version_of": "",
}
STAFF_PAGES = ["/mediatheque/gestion", "/mediatheque/nouveau"]


def made(machine: Machine) -> Material:
    with machine.open() as session:
        return session.scalars(select(Material).where(Material.shipped.is_(False))).one()


def upload(machine: Machine, one: Material, content: bytes, name: str, part: str = "main") -> TestResponse:
    path = f"/mediatheque/{one.slug}/fichiers"
    client = machine.as_("manager")
    sent = {"csrf_token": client.token(path), "part": part, "file": (io.BytesIO(content), name)}
    return client.post(path, data=sent, content_type="multipart/form-data")


def parts(machine: Machine, one: Material) -> dict[str, str]:
    with machine.open():
        return {str(file.part): file.name for file in queries.files_of(one.uid)}


def test_a_manager_adds_a_material_then_its_file(kiosk: Machine, store: FileStore) -> None:
    answer = kiosk.as_("manager").send("/mediatheque/nouveau", **TYPED)
    one = made(kiosk)
    assert answer.status_code == 303
    assert answer.location == f"/mediatheque/{one.slug}/fichiers"
    assert one.seconds == 380
    assert upload(kiosk, one, MP4, "Lampe solaire.MP4").status_code == 303
    assert parts(kiosk, one) == {"main": "Lampe solaire.mp4"}
    page = kiosk.client().get(f"/mediatheque/{one.slug}").get_data(as_text=True)
    assert "Regarder · 5\u00a0ko" in page
    assert "6\u00a0min\u00a020" in page
    assert not list(store.spool.iterdir())


def test_what_was_typed_stays_when_an_answer_is_wrong(kiosk: Machine) -> None:
    answer = kiosk.as_("manager").send("/mediatheque/nouveau", **{**TYPED, "title": "", "duration": "six"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Le titre manque." in page
    assert "Écrivez la durée ainsi" in page
    assert "Trois pannes, trois gestes." in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "film"}, {"theme": "x"}, {"language": "../"}, {"year": "12"}, {"pages": "0"},
        {"version_of": "rien"}, {"title": "a" * 500}, {"body": "b" * 30_000}, {"licence": ""},
    ],
)  # fmt: skip
def test_an_impossible_answer_is_never_written(kiosk: Machine, wrong: dict[str, str]) -> None:
    answer = kiosk.as_("manager").send("/mediatheque/nouveau", **{**TYPED, **wrong})
    assert answer.status_code == 422
    with kiosk.open() as session:
        assert session.scalars(select(Material)).all() == []


def test_hidden_signs_and_markup_do_no_harm(kiosk: Machine) -> None:
    kiosk.as_("manager").send("/mediatheque/nouveau", **{**TYPED, "title": "Lampe\u202e\0 <b>"})
    assert made(kiosk).title == "Lampe <b>"


def test_a_sheet_is_corrected_in_place(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added()
    path = f"/mediatheque/{one.slug}/modifier"
    page = kiosk.as_("manager").get(path).get_data(as_text=True)
    assert 'value="Réparer une lampe solaire"' in page
    changed = {
        **TYPED,
        "title": "La lampe solaire",
        "title_bm": "Kuran",
        "needs_review": "y",
        "language": "bm",
    }
    assert kiosk.as_("manager").send(path, **changed).status_code == 303
    after = made(kiosk)
    assert (after.slug, after.title, after.titles, after.needs_review) == (
        one.slug,
        "La lampe solaire",
        {"bm": "Kuran"},
        True,
    )


def test_a_material_is_withdrawn_and_put_back_by_undo(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added()
    manager = kiosk.as_("manager")
    manager.send(f"/mediatheque/{one.slug}/retirer", form_at="/mediatheque/nouveau")
    page = manager.get("/mediatheque/gestion").get_data(as_text=True)
    assert "n’est plus sur les étagères" in page
    assert f'action="/mediatheque/{one.slug}/remettre"' in page
    assert kiosk.client().get(f"/mediatheque/{one.slug}").status_code == 404
    manager.send(f"/mediatheque/{one.slug}/remettre", form_at="/mediatheque/nouveau")
    assert kiosk.client().get(f"/mediatheque/{one.slug}").status_code == 200


def test_a_file_is_taken_away_and_given_back(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added()
    upload(kiosk, one, MP4, "a.mp4")
    manager = kiosk.as_("manager")
    place = f"/mediatheque/{one.slug}/fichiers"
    page = manager.get(place).get_data(as_text=True)
    drop = re.search(rf'action="({place}/[\w-]+/retirer)"', page)
    assert drop
    manager.send(drop[1], form_at=place)
    assert parts(kiosk, one) == {}
    undo = re.search(rf'action="({place}/[\w-]+/remettre)"', manager.get(place).get_data(as_text=True))
    assert undo
    manager.send(undo[1], form_at=place)
    assert parts(kiosk, one) == {"main": "a.mp4"}
    assert manager.send(drop[1], form_at=place).status_code == 404


def test_a_second_main_file_replaces_the_first(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added()
    for name, more in (("un.mp4", b"1"), ("deux.mp4", b"2")):
        upload(kiosk, one, MP4 + more, name)
    upload(kiosk, one, MP3, "son.mp3", "sound")
    upload(kiosk, one, picture(), "image.png", "poster")
    upload(kiosk, one, picture(), "plan.png", "extra")
    upload(kiosk, one, MP3, "extra.mp3", "extra")
    assert parts(kiosk, one) | {"extra": ""} == {
        "main": "deux.mp4", "sound": "son.mp3", "poster": "image.png", "extra": ""
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "part", "said"),
    [
        (b"MZ\x90\0" * 50, "film.mp4", "main", "Ce type de fichier n’est pas accepté."),
        (b"<svg onload=alert(1)>", "x.svg", "poster", "Ce type de fichier n’est pas accepté."),
        (MP3, "son.mp3", "main", "ne convient pas à cet usage"),
        (MP4, "film.mp4", "poster", "ne convient pas à cet usage"),
        (b"", "vide.mp4", "main", "n’est pas accepté"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_plain_words(
    kiosk: Machine,
    added: Callable[..., Material],
    store: FileStore,
    content: bytes,
    name: str,
    part: str,
    said: str,
) -> None:
    answer = upload(kiosk, added(), content, name, part)
    assert answer.status_code == 422
    assert re.search(said, answer.get_data(as_text=True))
    with kiosk.open() as session:
        assert session.scalars(select(MaterialFile)).all() == []
    assert not list(store.spool.glob("*"))


def test_a_form_without_a_file_asks_for_one(kiosk: Machine, added: Callable[..., Material]) -> None:
    one = added()
    answer = kiosk.as_("manager").send(f"/mediatheque/{one.slug}/fichiers", part="main")
    assert answer.status_code == 422
    assert "Choisissez un fichier." in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", STAFF_PAGES)
@pytest.mark.parametrize(("role", "status"), [("manager", 200), ("trainer", 403), ("author", 403)])
def test_only_who_may_edit_the_library_opens_its_pages(
    kiosk: Machine, path: str, role: str, status: int
) -> None:
    assert kiosk.as_(role).get(path).status_code == status
    assert kiosk.client().get(path).status_code == 303


def test_shipped_materials_are_shown_and_never_changed(shelves: Machine) -> None:
    manager = shelves.as_("manager")
    assert "Livré avec la machine" in manager.get("/mediatheque/gestion").get_data(as_text=True)
    for act in ("modifier", "fichiers"):
        assert manager.get(f"/mediatheque/clavier/{act}").status_code == 409
    assert manager.send("/mediatheque/clavier/retirer", form_at="/mediatheque/nouveau").status_code == 409


def test_a_material_of_another_space_is_read_and_never_changed(
    machine: Callable[..., Machine], added: Callable[..., Material], kiosk: Machine
) -> None:
    one = added()
    kayes = machine(space="KAY")
    same = ("uid", "slug", "title", "kind", "language", "theme", "licence", "added_on")
    with kayes.writing() as session:
        session.add(Material(**{name: getattr(one, name) for name in same}))
    answer = kayes.as_("manager").get(f"/mediatheque/{one.slug}/modifier")
    assert answer.status_code == 409
    assert "autre espace" in answer.get_data(as_text=True)


def test_the_coordinator_adds_materials_at_the_centre(centre: Machine) -> None:
    assert centre.as_("coordinator").send("/mediatheque/nouveau", **TYPED).status_code == 303
    assert made(centre).space_uid is None


def test_a_stored_word_of_a_newer_release_does_not_break_a_page(
    kiosk: Machine, added: Callable[..., Material]
) -> None:
    one = added(kind="hologramme", theme="espace", licence="cc-2030", language="zgh")
    for path in ("/mediatheque", f"/mediatheque/{one.slug}"):
        assert kiosk.client().get(path).status_code == 200
    assert kiosk.as_("manager").get("/mediatheque/gestion").status_code == 200


def test_every_part_can_be_told_to_a_manager() -> None:
    assert set(PARTS) == set(Part)

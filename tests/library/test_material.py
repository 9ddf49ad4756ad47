"""One material: watch, hear, read, take away, know where it comes from."""

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.library import kinds, queries, services
from kiosk.library.models import Material
from kiosk.library.vocabulary import Kind, Part
from kiosk.storage.files import FileStore
from tests.library.conftest import MP4
from tests.support.machines import Machine

PAGE = "/mediatheque/proteger-son-compte"


def page_of(machine: Machine, path: str = PAGE) -> str:
    return machine.client().get(path).get_data(as_text=True)


def links(page: str) -> list[str]:
    return re.findall(r'href="(/mediatheque/[\w-]+/fichier/\w+(?:\?emporter=1)?)"', page)


def test_a_video_can_be_watched_heard_lightly_and_taken_away(shelves: Machine) -> None:
    page = page_of(shelves)
    for words in (
        "Regarder · 725\u00a0ko",
        "Écouter le son · 235\u00a0ko",
        "Version légère",
        "Emporter sur mon téléphone",
        "Lire le texte",
        "1\u00a0min\u00a019",
        "Voix de synthèse espeak-ng",
        "CC BY 4.0\u00a0: copie permise",
    ):
        assert words in page, words
    assert len(set(links(page))) == 4


def test_every_file_of_every_page_is_really_there(shelves: Machine) -> None:
    client = shelves.client()
    for leaf in re.findall(
        r'class="main-col" href="(/mediatheque/[\w-]+)"', page_of(shelves, "/mediatheque")
    ):
        for link in links(page_of(shelves, leaf)):
            answer = client.get(link)
            assert answer.status_code == 200, link
            assert len(answer.data) == answer.content_length
            answer.close()


def test_a_file_is_sent_by_ranges_and_to_be_kept(shelves: Machine) -> None:
    first, *_, keep = sorted(links(page_of(shelves)), key=lambda link: "emporter" in link)
    part = shelves.client().get(first, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.data[:4]) == (206, b"ftyp")
    assert part.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    kept = shelves.client().get(keep)
    assert kept.headers["Content-Disposition"].startswith("attachment")
    kept.close()


def test_the_text_stands_on_the_page_under_its_own_titles(shelves: Machine) -> None:
    page = page_of(shelves)
    assert "<h2>Choisir un bon code</h2>" in page
    assert '<article class="prose" id="texte" lang="fr">' in page


def test_a_bambara_list_keeps_each_language_apart(shelves: Machine) -> None:
    page = page_of(shelves, "/mediatheque/jours-et-mois")
    assert 'id="texte" lang="bm"' in page
    assert '<td><span lang="fr">mercredi</span></td>\n  <td>araba</td>' in page
    assert "À relire par un locuteur" in page


def test_a_material_that_does_not_exist_says_so(shelves: Machine) -> None:
    answer = shelves.client().get("/mediatheque/jamais-vu")
    assert answer.status_code == 404
    assert "Ce support n’existe pas" in answer.get_data(as_text=True)


@pytest.mark.parametrize("sha", ["0" * 64, "../../secret", "x", "A" * 64])
def test_only_the_files_of_a_material_are_served(shelves: Machine, sha: str) -> None:
    assert shelves.client().get(f"{PAGE}/fichier/{sha}").status_code == 404


def test_a_file_that_has_not_arrived_is_said_and_never_linked(shelves: Machine, store: FileStore) -> None:
    with shelves.open():
        sheet = queries.sheet("acte-de-naissance")
        assert sheet
        main = sheet.file(Part.MAIN)
        assert main
    store.path(main.sha256).unlink()
    page = page_of(shelves, "/mediatheque/acte-de-naissance")
    assert "pas encore arrivé ici" in page
    assert main.sha256 not in page
    answer = shelves.client().get(f"/mediatheque/acte-de-naissance/fichier/{main.sha256}")
    assert answer.status_code == 404
    assert "pas encore arrivé" in answer.get_data(as_text=True)


def test_the_languages_of_a_material_lead_to_each_other(
    shelves: Machine, added: Callable[..., Material]
) -> None:
    with shelves.open() as session:
        root = session.scalars(select(Material).where(Material.slug == "ecrire-un-cv")).one()
    other = added(title="Un CV", language="snk", version_of=root.uid, kind=Kind.TEXT)
    for path in ("/mediatheque/ecrire-un-cv", f"/mediatheque/{other.slug}"):
        page = page_of(shelves, path)
        assert "Choisir la langue" in page
        assert 'href="/mediatheque/ecrire-un-cv"' in page
        assert f'href="/mediatheque/{other.slug}"' in page
        assert "Soninké" in page


def test_a_sound_and_an_image_are_shown_in_place(shelves: Machine) -> None:
    assert '<audio class="player" controls preload="none"' in page_of(shelves, "/mediatheque/argent-mobile")
    assert '<img class="picture"' in page_of(shelves, "/mediatheque/clavier")


def test_a_film_without_cover_gets_the_drawing_of_its_shelf(
    kiosk: Machine, added: Callable[..., Material], store: FileStore
) -> None:
    one = added()
    kept = store.keep(io.BytesIO(MP4), 10_000)
    with kiosk.writing("manager"):
        services.attach(services.editable(one.slug, one.space_uid), Part.MAIN, kept, kinds.MP4, "lampe.mp4")
    page = page_of(kiosk, f"/mediatheque/{one.slug}")
    assert 'poster="/mediatheque/affiche/travail.svg"' in page
    drawing = kiosk.client().get("/mediatheque/affiche/travail.svg")
    assert drawing.mimetype == "image/svg+xml"
    assert "<svg" in drawing.get_data(as_text=True)
    assert kiosk.client().get("/mediatheque/affiche/rien.svg").status_code == 404


def test_markup_in_a_sheet_is_shown_and_never_obeyed(kiosk: Machine, added: Callable[..., Material]) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    one = added(title="<b>gras</b>", body=hostile, summary="<i>", author="<u>", kind=Kind.TEXT)
    page = page_of(kiosk, f"/mediatheque/{one.slug}")
    for wrong in ("<script>alert", '="javascript:', "<img src=x", "<b>gras", "<u>"):
        assert wrong not in page


def test_a_page_of_a_material_costs_three_statements(
    shelves: Machine, statements: Callable[..., object]
) -> None:
    client = shelves.client()
    client.get("/mediatheque")
    with statements(3):  # type: ignore[attr-defined]
        client.get(PAGE)

"""What people read about files that travel: on Envois, on the shelves, at the centre."""

import re
from collections.abc import Callable

from sqlalchemy import text

from kiosk.library.kinds import JPEG
from kiosk.library.vocabulary import Part
from tests.support.machines import Machine
from tests.sync.carrying import carry, content, share
from tests.sync.conftest import Post, link_up


def test_envois_says_what_waits_why_and_how_long(nioro: Post, yelimane: Post) -> None:
    share(nioro.kiosk, content(120_000), Part.POSTER, JPEG)
    share(nioro.kiosk, content(120_000, 2), Part.POSTER, JPEG)
    manager = nioro.kiosk.as_("manager")
    assert "2 photos attendent, 240 ko, environ" in manager.get("/envois").text.replace("\u00a0", " ")
    share(nioro.kiosk, content(17_000_000))
    assert "Sur clé USB\u00a0: 1 fichier, 17\u00a0Mo" in manager.get("/envois").text
    carry(nioro)
    page = manager.get("/envois").text
    assert "photos attendent" not in page
    assert "2 fichiers partis" in page
    yelimane.exchange()
    assert "À recevoir\u00a0: 2 photos, 240\u00a0ko" in yelimane.kiosk.as_("manager").get("/envois").text
    assert "À recevoir sur clé USB" in yelimane.kiosk.as_("manager").get("/envois").text


def test_envois_says_that_the_day_has_cost_enough(nioro: Post) -> None:
    config = nioro.kiosk.data / "config.toml"
    config.write_text(config.read_text() + "files_a_day = 0\n")
    share(nioro.kiosk, content(120_000))
    assert "Assez d’Internet pour aujourd’hui." in nioro.kiosk.as_("manager").get("/envois").text


def test_a_shared_book_is_there_with_its_origin_before_its_bytes(nioro: Post, yelimane: Post) -> None:
    """Requirement 66: a resource shared at Nioro appears at Yélimané with its origin."""
    data = content(300_000)
    sha = share(nioro.kiosk, data)
    nioro.exchange()
    yelimane.exchange()
    with yelimane.kiosk.open() as current:
        slug = current.scalar(text("select slug from material where space_uid is not null"))
    page = f"/mediatheque/{slug}"
    phone = yelimane.kiosk.client()
    early = phone.get(page).text
    assert "Le fichier n’est pas encore arrivé ici." in early
    assert re.search(r"Partagé par.{1,60}Nioro", early, re.S)
    assert sha not in early
    carry(nioro)
    carry(yelimane)
    assert "n’est pas encore arrivé" not in phone.get(page).text
    assert phone.get(f"{page}/fichier/{sha}").data == data


def test_the_centres_page_of_a_book_changes_when_its_bytes_come(
    any_centre: Machine, machine: Callable[..., Machine]
) -> None:
    post = link_up(machine(), any_centre)
    share(post.kiosk, content(300_000))
    post.exchange()
    with any_centre.open() as current:
        slug = current.scalar(text("select slug from material where space_uid is not null"))
    reader = any_centre.client()
    assert "pas encore arrivé" in reader.get(f"/mediatheque/{slug}").text
    assert carry(post).sent == 1
    assert "pas encore arrivé" not in reader.get(f"/mediatheque/{slug}").text

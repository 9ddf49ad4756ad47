"""A member's photo: seen by the staff of her space, kept on their machine, gone with her word."""

import errno
import io
import stat
import struct
import uuid
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from PIL import Image

from kiosk.members import photos, queries, services
from kiosk.members.routes import look_after_photos
from kiosk.members.vocabulary import Purpose
from kiosk.storage import clock, pictures, private, transaction
from tests.members.photographing import SECRET, enter, give, on_disk, picture, seen
from tests.support.machines import Machine


@pytest.fixture
def awa(kiosk: Machine) -> uuid.UUID:
    """Awa, 22, in the register of Nioro."""
    return enter(kiosk, 2004)


def test_a_photo_is_drawn_anew_small_and_tells_nothing(kiosk: Machine, awa: uuid.UUID) -> None:
    assert give(kiosk, awa, picture()).status_code == 303
    answer = seen(kiosk, awa)
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    shown = Image.open(io.BytesIO(answer.data))
    assert max(shown.size) == photos.LONGEST and len(answer.data) <= photos.HEAVIEST
    assert SECRET not in answer.data and not shown.getexif()
    (kept,) = on_disk(kiosk)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    page = kiosk.as_("manager").get(f"/membres/{awa}").text
    assert f'src="/membres/{awa}/photo.jpg"' in page and "Changer la photo" in page


def test_only_the_staff_of_her_space_sees_it(kiosk: Machine, awa: uuid.UUID) -> None:
    give(kiosk, awa, picture())
    assert kiosk.client().get(f"/membres/{awa}/photo.jpg").status_code == 303
    assert seen(kiosk, awa, "trainer").status_code == 200
    assert seen(kiosk, awa, "author").status_code == 403
    assert kiosk.as_("trainer").get(f"/membres/{awa}/photo").status_code == 403


def bomb() -> bytes:
    """A PNG of three hundred bytes that says it is 60,000 pixels a side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


HOSTILE = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "photo.jpg"),
    "page": (b"<html><script>alert(1)</script>", "photo.jpg"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n", "photo.jpg"),
    "bomb": (bomb(), "photo.png"),
    "truncated": (picture()[:4000], "photo.jpg"),
    "moving": (b"GIF89a" + bytes(200), "photo.gif"),
    "nothing": (b"", "photo.jpg"),
}


def test_what_is_no_photo_is_refused_with_a_sentence(kiosk: Machine, awa: uuid.UUID) -> None:
    for which, sent in HOSTILE.items():
        answer = give(kiosk, awa, *sent)
        assert answer.status_code == 422 and "ne s’ouvre pas" in answer.text, which
        assert not on_disk(kiosk), which
    with kiosk.open():
        assert Purpose.CARD_PHOTO not in queries.consents_of(awa), "her word goes with a photo"


def test_a_file_of_twenty_megabytes_is_not_even_opened(kiosk: Machine, awa: uuid.UUID) -> None:
    answer = give(kiosk, awa, picture() + bytes(20_000_000))
    assert answer.status_code == 422 and "Fichier trop lourd" in answer.text
    assert not on_disk(kiosk)


def test_what_hangs_behind_a_picture_is_left_behind(kiosk: Machine, awa: uuid.UUID) -> None:
    both = picture() + b"PK\x03\x04<script>alert(1)</script>"
    assert give(kiosk, awa, both, "photo.html").status_code == 303
    assert b"script" not in seen(kiosk, awa).data


def test_no_photo_is_taken_without_her_word_and_it_goes_with_it(kiosk: Machine, awa: uuid.UUID) -> None:
    answer = give(kiosk, awa, picture(), agreed="")
    assert answer.status_code == 422 and "Demandez-lui son accord" in answer.text
    give(kiosk, awa, picture())
    with kiosk.open():
        assert queries.consents_of(awa)[Purpose.CARD_PHOTO].on_date == clock.today()
    manager = kiosk.as_("manager")
    said = {"purpose": "card_photo", "granted": "0"}
    assert manager.send(f"/membres/{awa}/accord", form_at=f"/membres/{awa}", **said).status_code == 303
    assert not on_disk(kiosk) and seen(kiosk, awa).status_code == 404


def test_it_is_erased_with_one_button_and_not_to_be_had_back(kiosk: Machine, awa: uuid.UUID) -> None:
    give(kiosk, awa, picture())
    page = f"/membres/{awa}/photo"
    assert kiosk.as_("manager").send(f"{page}/retirer", form_at=page).status_code == 303
    assert not on_disk(kiosk) and seen(kiosk, awa).status_code == 404


def test_a_girl_of_thirteen_has_one_when_who_answers_for_her_agrees(kiosk: Machine) -> None:
    girl = enter(kiosk, clock.today().year - 13)
    assert "Notez d’abord l’accord de sa personne responsable" in (
        kiosk.as_("manager").get(f"/membres/{girl}/photo").text
    )
    with kiosk.open("manager"), transaction():
        services.answer(girl, Purpose.GUARDIAN, True)
    assert give(kiosk, girl, picture()).status_code == 303
    with kiosk.open("manager"), transaction():
        assert not queries.may(girl, Purpose.PHOTO), "never for everybody's eyes"
        services.answer(girl, Purpose.GUARDIAN, False)
    assert seen(kiosk, girl).status_code == 404


def test_a_withdrawal_written_elsewhere_hides_it_at_once_and_the_next_start_erases_it(
    kiosk: Machine, awa: uuid.UUID
) -> None:
    give(kiosk, awa, picture())
    with kiosk.open("manager"), transaction():
        services.answer(awa, Purpose.CARD_PHOTO, False)  # as a merge brings it: no page was asked
    assert seen(kiosk, awa).status_code == 404 and on_disk(kiosk)
    assert look_after_photos in kiosk.app.extensions["on_serve"]
    with kiosk.open("manager"), kiosk.app.app_context():
        look_after_photos()
    assert not on_disk(kiosk)


def test_no_half_written_photo_stays_after_a_full_disk_or_a_power_cut(
    kiosk: Machine, awa: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shelf = private.shelf(kiosk.data, private.PHOTOS)
    shelf.root.mkdir(parents=True)
    with monkeypatch.context() as disk:
        disk.setattr(private.os, "fsync", full)
        with pytest.raises(OSError):
            shelf.put(awa, b"half a face")
    assert not on_disk(kiosk)
    shelf.path(awa).with_suffix(".part").write_bytes(b"half a face")
    with kiosk.open("manager"), kiosk.app.app_context():
        look_after_photos()
    assert not on_disk(kiosk)


def test_the_printed_card_shows_it_only_where_that_is_chosen(kiosk: Machine, awa: uuid.UUID) -> None:
    give(kiosk, awa, picture())
    manager = kiosk.as_("manager")
    assert "photo.jpg" not in manager.get(f"/membres/{awa}/carte").text
    assert "photo.jpg" in manager.get(f"/membres/{awa}/carte?photo=1").text


def test_the_sheet_of_cards_too(kiosk: Machine, awa: uuid.UUID) -> None:
    give(kiosk, awa, picture())
    manager, page = kiosk.as_("manager"), f"/membres/cartes/planche?m={awa}"
    assert "avec les photos" in manager.get(page).text
    sheet = page.replace("planche?", "planche.pdf?")
    assert b"/DCTDecode" not in manager.get(sheet).data
    assert b"/DCTDecode" in manager.get(f"{sheet}&photos=1").data


def test_a_photo_with_a_smaller_one_behind_it_is_a_photo() -> None:
    out = io.BytesIO()
    one, other = (Image.new("RGB", size, "teal") for size in ((600, 800), (60, 80)))
    one.save(out, "MPO", save_all=True, append_images=[other])
    assert Image.open(io.BytesIO(pictures.made_anew(out))).size == (600, 800)


def test_the_start_asks_for_everybody_s_word_at_once(
    kiosk: Machine, statements: Callable[[int], AbstractContextManager[list[str]]]
) -> None:
    for year in (1999, 2001, 2003):
        give(kiosk, enter(kiosk, year), picture())
    with kiosk.open(), statements(2):
        assert photos.sweep(kiosk.data) == 0
    assert len(on_disk(kiosk)) == 3

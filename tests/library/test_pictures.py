"""Heavy pictures: a light copy for phones and the network, the original for the team and a key."""

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import select

from kiosk.library.models import Material, MaterialFile
from kiosk.library.vocabulary import Kind
from kiosk.storage import pictures
from kiosk.storage.carried import Rank
from kiosk.storage.files import FileStore
from tests.library.test_staff import upload
from tests.support.machines import Machine

PLACE = 0x8825


def photo(wide: int = 2400, high: int = 1800, kind: str = "JPEG") -> bytes:
    """A picture as a phone takes it: large, lying on its side, with the place where it was taken."""
    noise = random.Random(3).randbytes(300 * 225 * 3)
    picture = Image.frombytes("RGB", (300, 225), noise).resize((wide, high))
    told = Image.Exif()
    told[0x0112] = 6
    told.get_ifd(PLACE).update({1: "N", 2: (14.0, 26.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, kind, exif=told, **({"quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_heavy_picture_gets_small_and_light_and_tells_no_place(kind: str) -> None:
    heavy = photo(kind=kind)
    light = pictures.lighter(io.BytesIO(heavy))
    assert light
    assert pictures.is_heavy(len(heavy))
    assert len(light) <= 120_000
    shown = opened(light)
    assert max(shown.size) <= 1280
    assert shown.height > shown.width, "it stands upright"
    assert not shown.getexif()


def test_noise_that_no_quality_makes_light_gets_smaller() -> None:
    noise = Image.frombytes("RGB", (1280, 960), random.Random(1).randbytes(1280 * 960 * 3))
    out = io.BytesIO()
    noise.save(out, "PNG")
    light = pictures.lighter(io.BytesIO(out.getvalue()))
    assert light
    assert len(light) <= 120_000


def test_what_is_clear_in_a_picture_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (900, 100), (255, 0, 0, 0)).save(out, "PNG")
    light = pictures.lighter(out)
    assert light
    assert opened(light).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0broken" * 20_000, photo()[:90_000]])
def test_what_cannot_be_read_stays_as_it_is(data: bytes) -> None:
    assert pictures.lighter(io.BytesIO(data)) is None


def test_the_light_copy_is_shown_and_travels_and_the_original_waits(
    kiosk: Machine, added: Callable[..., Material], store: FileStore
) -> None:
    one = added(kind=Kind.IMAGE)
    heavy = photo()
    upload(kiosk, one, heavy, "marche.jpg", "main")
    with kiosk.open() as current:
        files = {str(file.part): file for file in current.scalars(select(MaterialFile))}
        turns = {part: MaterialFile.carried("sha256", vars(file)) for part, file in files.items()}
    assert files["main"].size <= 120_000
    assert store.path(files["original"].sha256).read_bytes() == heavy
    assert turns["main"].rank == Rank.MATERIAL
    assert turns["original"].rank == Rank.BY_HAND
    page = f"/mediatheque/{one.slug}"
    original = f"{page}/fichier/{files['original'].sha256}"
    assert files["original"].sha256 not in kiosk.client().get(page).text
    assert kiosk.client().get(original).status_code == 404
    assert kiosk.as_("manager").get(original).data == heavy
    assert original in kiosk.as_("manager").get(f"{page}/fichiers").text


def test_of_a_cover_the_light_copy_alone_is_kept(
    kiosk: Machine, added: Callable[..., Material], store: FileStore
) -> None:
    upload(kiosk, added(), photo(), "couverture.jpg", "poster")
    with kiosk.open() as current:
        (file,) = current.scalars(select(MaterialFile)).all()
    assert file.size <= 120_000
    assert [path.name for path in store.root.glob("*/*")] == [file.sha256]


def test_a_light_picture_is_left_alone(kiosk: Machine, added: Callable[..., Material]) -> None:
    upload(kiosk, added(kind=Kind.IMAGE), photo(300, 200), "petite.jpg", "main")
    with kiosk.open() as current:
        (file,) = current.scalars(select(MaterialFile)).all()
    assert file.mime == "image/jpeg"

"""A member's photo for the tests: taken, sent, looked at."""

import io
import uuid
from pathlib import Path

from PIL import Image
from werkzeug.test import TestResponse

from kiosk.members import services
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from tests.support.machines import Machine

SECRET = b"taken at 14.26 north, by Kadidia's telephone"


def picture(kind: str = "JPEG", wide: int = 900, high: int = 1200) -> bytes:
    """A face as a phone takes it: too large, and telling where it was taken."""
    out, told = io.BytesIO(), Image.Exif()
    told[0x010E] = SECRET.decode()
    drawn = Image.radial_gradient("L").resize((wide, high)).convert("RGB")
    drawn.save(out, kind, exif=told)
    return out.getvalue()


def enter(kiosk: Machine, year: int) -> uuid.UUID:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        fields = {"given_name": "Awa", "family_name": "Coulibaly", "sex": "F", "birth_year": year}
        return services.register(space, [Purpose.REGISTER], **fields).uid  # type: ignore[arg-type]


def give(kiosk: Machine, uid: uuid.UUID, data: bytes, name: str = "awa.jpg", **more: str) -> TestResponse:
    """Send a photo as the form does, her word with it unless said otherwise."""
    client, page = kiosk.as_("manager"), f"/membres/{uid}/photo"
    fields = {"agreed": "y", **more}
    return client.send(page, file=(io.BytesIO(data), name), **{k: v for k, v in fields.items() if v})


def seen(kiosk: Machine, uid: uuid.UUID, role: str = "manager") -> TestResponse:
    return kiosk.as_(role).get(f"/membres/{uid}/photo.jpg")


def on_disk(kiosk: Machine) -> list[Path]:
    return [path for path in (kiosk.data / "private").rglob("*") if path.is_file()]

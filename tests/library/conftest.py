"""What the tests of the médiathèque share: a kiosk with the shipped materials, a way to add one."""

import io
import uuid
from collections.abc import Callable

import pytest
from PIL import Image

from kiosk.library import services, shipped
from kiosk.library.models import Material
from kiosk.library.vocabulary import Kind, Licence, Theme
from kiosk.places import queries
from kiosk.storage.files import FileStore
from tests.support.machines import Machine

MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 5000
MP3 = b"ID3\4\0\0\0\0\0\0" + b"\0" * 3000


@pytest.fixture
def shelves(kiosk: Machine) -> Machine:
    """Nioro's kiosk with the materials that come with the software."""
    with kiosk.writing():
        shipped.load(kiosk.settings)
    return kiosk


@pytest.fixture
def store(kiosk: Machine) -> FileStore:
    return FileStore(kiosk.settings.files, kiosk.settings.spool)


@pytest.fixture
def card() -> Callable[..., services.Card]:
    """A sheet as a manager types it; any word of it can be changed."""

    def typed(**changed: object) -> services.Card:
        usual: dict[str, object] = {
            "title": "Réparer une lampe solaire",
            "kind": Kind.VIDEO,
            "language": "fr",
            "theme": Theme.WORK,
            "licence": Licence.CC_BY,
            "summary": "Trois pannes, trois gestes.",
        }
        return services.Card(**{**usual, **changed})  # type: ignore[arg-type]

    return typed


@pytest.fixture
def added(kiosk: Machine, card: Callable[..., services.Card]) -> Callable[..., Material]:
    """Put a material of Nioro on the shelves."""

    def add(**changed: object) -> Material:
        with kiosk.writing("manager") as session:
            made = services.add(card(**changed), space_of(kiosk))
            session.expunge(made)
        return made

    return add


def space_of(kiosk: Machine) -> uuid.UUID | None:
    """The uid of the space the manager works for."""
    return queries.here_uid()


def picture() -> bytes:
    """A small real PNG."""
    made = io.BytesIO()
    Image.new("RGB", (8, 6), "#2a3782").save(made, "PNG")
    return made.getvalue()

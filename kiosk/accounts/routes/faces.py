"""How the team looks at the door: initials for a stranger, a name where it is known already.

Anybody on the Wi-Fi sees the sign-in page, so it gives no name away. A browser
on which a person signed in before knows her: there her name helps.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.accounts import queries
from kiosk.accounts.queries import Colleague
from kiosk.accounts.routes import devices
from kiosk.language import Message
from kiosk.web.icons import initials


@dataclass(frozen=True)
class Face:
    """One person at the door: `label` is « KS », « KS 2 », or her name on her own browser."""

    uid: uuid.UUID
    letters: str
    label: str
    role_word: Message | str
    known: bool


def faces() -> list[Face]:
    """Return the team as this browser may see it, those it knows first."""
    people, known = queries.signers(), queries.known_on(devices.device())
    found = _numbered(people, known)
    return sorted(found, key=lambda face: not face.known)


def face(uid: uuid.UUID) -> Face | None:
    """Return one person as this browser may see her; None for who does not sign in here by PIN."""
    return next((one for one in faces() if one.uid == uid), None)


def _numbered(people: Iterable[Colleague], known: set[uuid.UUID]) -> list[Face]:
    looks = [(initials(one.name) or "?", str(one.role)) for one in people]
    alike, seen = Counter(looks), Counter[tuple[str, str]]()
    found = []
    for one, look in zip(people, looks, strict=True):
        seen[look] += 1
        number = f" {seen[look]}" if alike[look] > 1 else ""
        is_known = one.uid in known
        label = one.name if is_known else f"{look[0]}{number}"
        found.append(Face(one.uid, " ".join(look[0]), label, one.role_word, is_known))
    return found

"""The key file: this machine's identity towards the centre, outside the database.

A copied database is not an identity, and a backup does not carry one. The file
is readable by its owner alone.
"""

import base64
import json
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path

from kiosk.storage import fault, notes
from kiosk.sync.signature import Key
from kiosk.sync.trouble import KeyUnreadable, NotEnrolled

NAME = "node.key"


@dataclass(frozen=True)
class Identity:
    """What enrolment gave: number, key, where the centre is and how to trust it.

    `authority` is the PEM text of the centre's private certificate authority,
    empty where public ones are meant. `seal` is the centre's public sealing key
    (base64), empty until it is known. `former` is the name and the secret of the key
    before this one: a centre put back from a copy may know no other.
    """

    node_no: int
    key_id: str
    secret: str
    centre: str
    space_uid: str
    space: str
    scopes: tuple[str, ...]
    authority: str = ""
    seal: str = ""
    former: tuple[str, str] = ("", "")

    @property
    def key(self) -> Key:
        """The signing key."""
        return Key(self.key_id, base64.b64decode(self.secret))

    @property
    def former_key(self) -> Key | None:
        """The key before this one, None for a first key."""
        name, secret = self.former
        return Key(name, base64.b64decode(secret)) if name else None


def save(data: Path, identity: Identity) -> None:
    """Write the key file whole or not at all, mode 0600."""
    notes.write_whole(data / NAME, json.dumps(asdict(identity)))
    notes.force(data)
    fault.at("key.saved")


def learn(data: Path, seal: str) -> None:
    """Keep the centre's public sealing key beside the rest."""
    save(data, replace(load(data), seal=seal))


def renew(data: Path, key: Key, former: Key) -> None:
    """Keep a new key, and the one that worked until now beside it."""
    secret, before = (base64.b64encode(one.secret).decode() for one in (key, former))
    known = replace(load(data), key_id=key.key_id, secret=secret, former=(former.key_id, before))
    save(data, known)


def load(data: Path) -> Identity:
    """Read the key file. Raises NotEnrolled without one, KeyUnreadable for a damaged one."""
    try:
        said = json.loads((data / NAME).read_text(encoding="utf-8"))
        fields = {one.name: said[one.name] for one in dataclass_fields(Identity) if one.name in said}
        for name in fields.keys() & {"scopes", "former"}:
            fields[name] = tuple(fields[name])
        identity = Identity(**fields)
        base64.b64decode(identity.secret, validate=True)
    except FileNotFoundError as error:
        raise NotEnrolled from error
    except (ValueError, TypeError, KeyError) as error:
        raise KeyUnreadable(str(error)) from error
    return identity

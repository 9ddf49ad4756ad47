"""`python -m tests.sync.record`: write down what this program says to its centre, for every later one.

A kiosk of Nioro, enrolled and exchanging in small batches with a centre that has something
for it. The file of a schema is written once and never again: it is what is in the field.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk import __version__
from kiosk.desk.till import services as till
from kiosk.members import services as members
from kiosk.members.groups import services as groups
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.partners.models import Kind, Organisation
from kiosk.places import services as places
from kiosk.places.models import Room, Space
from kiosk.storage import SCHEMA, actor, clock, session
from kiosk.sync import keyfile, link, outbox
from kiosk.sync.caller import EXCHANGE, Caller
from kiosk.sync.exchange import Exchange
from kiosk.sync.line import Answer
from tests.support.machines import Machine, prepare
from tests.sync.conftest import link_up
from tests.sync.wire import Wsgi

FOLDER = Path(__file__).with_name("golden")
NIORO = places.space_uid("NIO")
_SIGNED = ("Content-Digest", "Signature-Input", "Signature")


@dataclass
class Recording:
    """A line that writes down every exchange it carries."""

    line: Wsgi
    trips: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes, patience: float) -> Answer:
        answer = self.line.ask(method, path, headers, body, patience)
        if path == EXCHANGE:
            kept = {name: answer.headers[name] for name in _SIGNED}
            sent = {"method": method, "path": path, "headers": dict(headers), "body": _text(body)}
            heard = {"status": answer.status, "reply_headers": kept, "reply": _text(answer.body)}
            self.trips.append({**sent, **heard})
        return answer


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode()


def record(folder: Path) -> dict[str, Any]:
    """Let a kiosk and a centre meet, and return all they said."""
    kiosk, centre = prepare(folder / "kiosk"), prepare(folder / "centre", "central")
    post = link_up(kiosk, centre)
    line = Recording(post.line)
    for written in (_first, _second):
        with kiosk.writing("manager") as current:
            written()
            link.change(current.connection(), batch=1_200)
        Exchange(kiosk.store, Caller(keyfile.load(kiosk.data), line, __version__)).run()
        if written is _first:
            _at_centre(centre)
    with kiosk.open() as current:
        length = outbox.me(current.connection()).seq
    identity = keyfile.load(kiosk.data)
    key = {"key_id": identity.key_id, "secret": identity.secret, "node_no": identity.node_no}
    about = {"schema": SCHEMA, "program": __version__, "space": NIORO.hex, "log": length}
    for machine in (kiosk, centre):
        machine.close()
    return {**about, **key, "trips": line.trips}


def _at_centre(centre: Machine) -> None:
    with centre.writing():
        session().add(Organisation(kind=next(iter(Kind)), name="Fédération de Kayes"))
        session().query(Space).filter_by(code="NIO").one().phone = "+22370000000"


def _first() -> None:
    """Two people of one word, forty-one rooms."""
    who = {"Awa": "Coulibaly", "Sékou": "Traoré"}
    for given, family in who.items():
        members.register(NIORO, given_name=given, family_name=family, sex=Sex.WOMAN, village="Nioro")
    for number in range(41):
        name = f"Salle {number + 1}"
        session().add(Room(space_uid=NIORO, name=name, seats=number, computers=number % 3))


def _second() -> None:
    """An edit of a row sent before, and what later schemas brought: a word of two cards, a group, a sale."""
    people = {one.given_name: one for one in session().scalars(select(Member))}
    people["Awa"].village = "Youri"
    pair = (people["Awa"].uid, people["Sékou"].uid)
    by = actor()
    assert by, "Kadidia says it"
    links.say(pair, LinkState.REFUSED, by)
    women = groups.open_group(NIORO, groups.GroupCard(name="Femmes de Nioro"))
    groups.put_in(women, pair)
    copies = till.change(NIORO, till.Service("copy", "Photocopie", price=25))
    sold = till.note(NIORO, copies, sheets=12, day=clock.today())
    till.reverse(NIORO, sold.uid)


def main() -> None:
    """Write the file of this schema, if nobody did yet."""
    path = FOLDER / f"schema-{SCHEMA}.json"
    if path.exists():
        sys.exit(f"{path.name} is in the field: it is never written again")
    with tempfile.TemporaryDirectory() as folder:
        found = record(Path(folder))
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(found['trips'])} exchanges, {found['log']} changes")


if __name__ == "__main__":
    main()

"""The same rows give the same figures at a kiosk and at the centre."""

import shutil
import uuid
from pathlib import Path

from sqlalchemy import text

from kiosk.config import load
from kiosk.desk import services as desk
from kiosk.desk.services import Arrival
from kiosk.members import services as members
from kiosk.members.links import services as links
from kiosk.members.links.models import LinkState
from kiosk.places import services as spaces
from kiosk.reports import export
from kiosk.reports.queries import Report
from kiosk.rooms import open_store
from kiosk.training import services as training
from kiosk.training.models import SessionKind
from tests.reports.conftest import MONDAY, TUESDAY, figures
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine


def at_the_centre(kiosk: Machine, tmp_path: Path) -> Machine:
    """The rows of a kiosk in a centre's database: nothing but what a kiosk sends."""
    kiosk.close()
    data = tmp_path / "centre"
    shutil.copytree(kiosk.data, data)
    (data / "config.toml").write_text('role = "central"\nhost = "127.0.0.1"\n')
    settings = load(data, {})
    store = open_store(settings.database_url, "central")
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM here"))
    store.close()
    return Machine(settings, {})


def test_a_report_is_the_same_at_both_ends(kiosk: Machine, nioro: uuid.UUID, tmp_path: Path) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"P {at}", ("F", "M", "unsaid")[at % 3], 1980 + 4 * at) for at in range(9)]
        halves = [Half(MONDAY, {"present": people[:6], "late": people[6:]}, heads={("M", "15-19"): 5})]
        lesson(nioro, [*halves, Half(TUESDAY, {"partial": people[:2], "excused": people[2:]})])
        desk.note_visit(nioro, Arrival(TUESDAY, "F", "learn", 9), 17)
    here = figures(kiosk)
    centre = at_the_centre(kiosk, tmp_path)
    there = figures(centre)
    centre.close()
    assert there.total == here.total
    assert there.spaces == here.spaces
    assert here.total.people.total == 9


def taught(machine: Machine) -> Report:
    """What a centre's report says of one story, whichever database keeps it."""
    with machine.writing():
        space = spaces.open_space("NIO", spaces.SpaceCard("Nioro")).uid
        awa, sira = (member(space, name, "F", 2004) for name in ("Awa", "Sira"))
        demba = member(space, "Demba", "M", 1980)
        members.amend(awa, profession="health", digital_roles=["creator", "influencer"])
        members.amend(demba, elected_as="mayor", commune_pcode="ML010610")
        halves = [Half(MONDAY, {"present": [awa, sira], "partial": [demba]}, heads={("M", "15-19"): 5})]
        made = lesson(space, halves, kind=SessionKind.ACTION, campaign="Zéro déchet", theme="health")
        (sitting,) = training.sittings_of(made)
        training.count_heads(sitting, {("unsaid", "unknown"): 50}, "health", True)
        training.note_posts(sitting, 24)
        lesson(space, [Half(TUESDAY, {"late": [awa]})], kind=SessionKind.DEBATE, national_actor=True)
        links.say((awa, sira), LinkState.CONFIRMED, machine.people["coordinator"].uid)
        desk.note_visit(space, Arrival(TUESDAY, "F", "learn", 9), 17)
    return figures(machine)


def test_a_report_is_the_same_on_sqlite_and_on_postgresql(centre: Machine, centre_pg: Machine) -> None:
    here, there = taught(centre), taught(centre_pg)
    assert export.as_csv(there) == export.as_csv(here)
    assert there.total == here.total and here.total.about
    assert (here.total.people.total, here.total.days, here.sections.relays[0].posts) == (2, 2825, 24)

"""The same rows give the same figures at a kiosk and at the centre."""

import shutil
import uuid
from pathlib import Path

from sqlalchemy import text

from kiosk.config import load
from kiosk.desk import services as desk
from kiosk.desk.services import Arrival
from kiosk.rooms import open_store
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

"""What a forgotten person answered to a question of her space's own is nowhere either."""

from kiosk.members.fields import defining, own
from kiosk.members.fields.defining import Definition
from kiosk.members.fields.models import FieldKind
from kiosk.members.models import Member, OwnAnswer
from kiosk.places import queries as places
from kiosk.storage import session
from tests.central.test_erasing import ask
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.telling import register

SECRET = "Diongaga-la-vieille"


def answered(machine: Machine) -> list[str]:
    with machine.open():
        return [one.value for one in session().query(OwnAnswer)]


def traces(machine: Machine) -> list[str]:
    machine.close()
    files = (path for path in machine.data.rglob("*") if path.is_file())
    return [path.name for path in files if SECRET.encode() in path.read_bytes()]


def test_her_answers_go_to_the_centre_and_leave_with_her(nioro: Post, centre: Machine) -> None:
    register(nioro.kiosk, "Nagnouma Sangaré")
    with nioro.kiosk.writing("manager"):
        field = defining.define(Definition("Village natal", FieldKind.TEXT), places.here_uid())
        who = session().query(Member).filter_by(given_name="Nagnouma").one()
        own.write(who, {own.one(field.uid).key: SECRET})
    nioro.exchange()
    assert answered(centre) == [SECRET]
    ask(nioro.kiosk)
    nioro.exchange()
    nioro.exchange()
    assert (answered(nioro.kiosk), answered(centre)) == ([""], [""])
    assert (traces(nioro.kiosk), traces(centre)) == ([], [])

"""A code for a space the centre does not know is meant, or it is a slip of the keyboard."""

from click.testing import CliRunner, Result

from kiosk.central import queries
from kiosk.cli import main
from tests.support.machines import Machine
from tests.sync.conftest import Post


def asked(centre: Machine, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(centre.data), "central", "code", *words])


def test_a_code_for_nowhere_is_refused(centre: Machine) -> None:
    done = asked(centre, "zzz")
    assert done.exit_code == 1
    assert "ne connaît pas l’espace ZZZ" in done.stderr and "--new" in done.stderr
    with centre.open():
        assert not queries.open_codes()


def test_a_new_space_is_named_once(centre: Machine) -> None:
    done = asked(centre, "ZZZ", "--new", "Zégoua")
    assert done.exit_code == 0, done.stderr
    with centre.open():
        assert [one.name for one in queries.open_codes()] == ["Zégoua"]


def test_a_space_that_has_a_machine_needs_no_name(nioro: Post, centre: Machine) -> None:
    assert asked(centre, "nio").exit_code == 0

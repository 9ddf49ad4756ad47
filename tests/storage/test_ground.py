"""Identifiers, the two writers, the search and the shelves of the ground."""

import threading
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk import config
from kiosk.places.models import Room, Space
from kiosk.storage import Store, derived_uid, is_checked, new_uid, session, transaction, with_check


def test_ids_made_in_one_millisecond_are_distinct_and_near() -> None:
    """74 random bits; the prefix never goes back."""
    made = [new_uid() for _ in range(5000)]
    assert len(set(made)) == 5000
    assert all(one.version == 7 for one in made)
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)


def test_two_machines_derive_the_same_id_from_the_same_natural_key() -> None:
    """Marking the same person at the same sitting twice makes one row."""
    sitting, member = uuid.uuid4(), uuid.uuid4()
    assert derived_uid("att", sitting, member) == derived_uid("att", sitting, member)
    assert derived_uid("att", sitting, member) != derived_uid("enr", sitting, member)


@pytest.mark.parametrize("wrong", ["NIO-000124-V", "NIO-000123-A", "NOI-000123-V", ""])
def test_a_mistyped_number_is_caught_by_its_check_character(wrong: str) -> None:
    """A wrong or swapped sign shows."""
    right = with_check("NIO-000123")
    assert is_checked(right)
    assert is_checked(right.lower().replace("-", " "))
    assert wrong == right or not is_checked(wrong)


def test_two_writers_wait_for_each_other_instead_of_failing(store: Store, nioro: Space) -> None:
    """The page and the sync worker write in turn: no lost lock, no hole in the log."""
    problems: list[Exception] = []

    def write(name: str) -> None:
        try:
            for number in range(25):
                with store.open(), transaction():
                    session().scalars(select(Room)).all()
                    session().add(Room(space_uid=nioro_uid, name=f"{name} {number}", seats=1))
        except Exception as error:
            problems.append(error)

    nioro_uid = nioro.uid
    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not problems
    session().rollback()
    assert len(session().scalars(select(Room)).all()) == 50


def test_an_unknown_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    """A typing mistake in a site's file never passes in silence."""
    folder = tmp_path
    (folder / "config.toml").write_text("prot = 8080\n")
    with pytest.raises(config.ConfigError, match="prot"):
        config.load(folder, {})


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('port = "huit"', "nombre entier"),
        ("hosts = 3", "liste"),
        ("secure_cookies = 1", "true ou false"),
        ('role = "roi"', "roi"),
        ("port = ", "illisible"),
        ("port = 70000", "65535"),
        ("threads = 0", "threads"),
        ('staff_networks = ["le bureau"]', "staff_networks"),
        ('time_zone = "Mali/Nioro"', "time_zone"),
        ('time_zone = "../etc/passwd"', "time_zone"),
    ],
)
def test_an_ill_typed_setting_says_what_is_expected(tmp_path: Path, line: str, word: str) -> None:
    """The sentence names the key and the kind."""
    folder = tmp_path
    (folder / "config.toml").write_text(line + "\n")
    with pytest.raises(config.ConfigError, match=word):
        config.load(folder, {})


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    """KIOSK_PORT wins over port."""
    folder = tmp_path
    (folder / "config.toml").write_text("port = 8080\n")
    settings = config.load(folder, {"KIOSK_PORT": "9000", "KIOSK_HOSTS": "a.org, b.org"})
    assert (settings.port, settings.hosts) == (9000, ("a.org", "b.org"))

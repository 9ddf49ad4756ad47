"""From the paper: twenty people typed in by the lines of who is missing, at the keyboard or on a phone."""

import uuid
from collections import Counter
from collections.abc import Callable

import pytest

from kiosk.storage import Refusal, transaction
from kiosk.training import queries, services
from kiosk.training.models import Mark, Sitting
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture
def word(people: People, course: Courses) -> Course:
    """Twenty people, one half-day."""
    made = course()
    made.enrol(*people(20))
    return made


@pytest.fixture
def sitting(word: Course) -> Sitting:
    return word.sittings[0]


def marks(sitting: Sitting) -> list[str]:
    """The answers, in the order of the lines."""
    fresh()
    rows = queries.sheet(sitting)
    assert [row.line for row in rows if row.line] == list(range(1, sum(bool(row.line) for row in rows) + 1))
    return [str(row.mark) for row in rows]


def path(sitting: Sitting) -> str:
    return f"/seances/{sitting.uid}/presences"


def test_the_screen_keeps_the_order_and_the_numbers_of_the_paper(word: Course, sitting: Sitting) -> None:
    on_paper = [one.uid for one in queries.seated(word.training)]
    assert [row.person.uid for row in queries.sheet(sitting)] == on_paper
    names = [row.person.family_first for row in queries.sheet(sitting)]
    assert names[0].startswith("CISSÉ") and names[2].startswith("COULIBALY")


def test_who_walked_in_stands_under_the_others_as_she_was_written(
    word: Course, sitting: Sitting, people: People
) -> None:
    late, later = people(2)
    with transaction():
        services.welcome(sitting, later)
    with transaction():
        services.welcome(sitting, late)
    assert [row.person.uid for row in queries.sheet(sitting)][-2:] == [later, late]


def test_three_numbers_enter_a_sheet_of_twenty(trainer: Client, sitting: Sitting) -> None:
    answer = trainer.send(path(sitting), act="close", absent="4 11", late="17")
    assert answer.status_code == 303
    said = marks(sitting)
    assert Counter(said) == {"present": 17, "absent": 2, "late": 1}
    assert (said[3], said[10], said[16]) == ("absent", "absent", "late")
    names = [row.person.name for row in queries.sheet(sitting)]
    shown = text(trainer, path(sitting))
    assert "Feuille saisie" in shown and names[3] in shown.partition("Absents")[2][:120]


def test_annuler_takes_all_of_it_back(trainer: Client, sitting: Sitting) -> None:
    trainer.send(path(sitting), act="close", absent="4")
    trainer.send(undo_of(trainer, path(sitting)), form_at=path(sitting))
    assert set(marks(sitting)) == {""}
    fresh()
    assert services.find_sitting(sitting.uid).closed_at is None


def test_enter_in_a_field_of_lines_notes_everybody(trainer: Client, sitting: Sitting) -> None:
    """The form's first button answers to Enter: it saves, and typed lines mean that the others came."""
    trainer.send(path(sitting), act="save", absent="1, 2 et 3")
    assert Counter(marks(sitting)) == {"absent": 3, "present": 17}


def test_what_was_tapped_stays_where_lines_say_nothing_of_it(trainer: Client, sitting: Sitting) -> None:
    second = queries.sheet(sitting)[1].person.uid
    with transaction():
        services.mark(sitting, {second: services.Answer(Mark.EXCUSED)})
    trainer.send(path(sitting), act="all", absent="1")
    assert marks(sitting)[:3] == ["absent", "excused", "present"]


def test_no_number_leaves_blanks_absent_at_the_end_as_before(trainer: Client, sitting: Sitting) -> None:
    trainer.send(path(sitting), act="close")
    assert Counter(marks(sitting)) == {"absent": 20}


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"absent": "21"}, "absent"), ({"late": "x"}, "late"), ({"absent": "4", "excused": "4"}, "excused")],
)
def test_a_number_that_is_on_no_line_is_said_and_nothing_is_written(
    trainer: Client, sitting: Sitting, typed: dict[str, str], field: str
) -> None:
    answer = trainer.send(path(sitting), act="close", **typed)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert f'id="{field}-err"' in html and 'value="' + typed[field] in html
    assert set(marks(sitting)) == {""}


def test_a_card_is_typed_in_the_place_of_a_line(sitting: Sitting) -> None:
    rows = queries.sheet(sitting)
    card = rows[5].person.number
    for typed in (card, card.lower(), card.replace("-", "")):
        assert services.exceptions(rows, {"absent": typed}) == {
            rows[5].person.uid: services.Answer(Mark.ABSENT)
        }
    assert set(services.exceptions(rows, {"absent": "06"})) == {rows[5].person.uid}
    with pytest.raises(Refusal):
        services.exceptions(rows, {"absent": "NIO-999999-X"})

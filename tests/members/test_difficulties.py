"""The short set: off until asked for, kept on this machine alone, shown as counts and nothing else."""

import uuid

import pytest

from kiosk.members import exporting, held, queries, services
from kiosk.members.disability import queries as counts
from kiosk.members.disability import services as asking
from kiosk.members.disability.models import Asking, Difficulties, Difficulty
from kiosk.members.disability.words import ANSWERS, QUESTIONS
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock, session, synced_models
from tests.support.machines import Machine

SEES_BADLY = {"seeing": Difficulty.MUCH, "hearing": Difficulty.NONE}


@pytest.fixture
def awa(kiosk: Machine) -> uuid.UUID:
    """Awa, in the register of Nioro, where the questions are asked."""
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        asking.ask(space, True)
        return services.register(space, given_name="Awa", family_name="Sy", sex="F").uid


def test_there_are_six_questions_and_four_answers() -> None:
    assert list(QUESTIONS) == ["seeing", "hearing", "walking", "remembering", "self_care", "communicating"]
    assert list(ANSWERS) == list(Difficulty)


def test_nothing_of_it_ever_leaves_the_machine() -> None:
    assert not {Difficulties.__tablename__, Asking.__tablename__} & synced_models().keys()


def test_it_is_off_until_the_manager_asks_for_it(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        uid = services.register(space, given_name="Awa", family_name="Sy", sex="F").uid
    kadidia, page = kiosk.as_("manager"), f"/membres/{uid}"
    assert kadidia.get(f"{page}/difficultes").status_code == 404
    assert "difficultes" not in kadidia.get(page).get_data(as_text=True)
    kadidia.send("/membres/questions/difficultes", form_at="/membres/questions", poser="1")
    assert f"{page}/difficultes" in kadidia.get(page).get_data(as_text=True)
    kadidia.send("/membres/questions/difficultes", form_at="/membres/questions", poser="0")
    assert kadidia.get(f"{page}/difficultes").status_code == 404


def test_answers_are_kept_corrected_and_taken_back(kiosk: Machine, awa: uuid.UUID) -> None:
    kadidia, page = kiosk.as_("manager"), f"/membres/{awa}/difficultes"
    assert kadidia.send(page, seeing="much", hearing="none", walking="nonsense").status_code == 303
    with kiosk.open():
        found = counts.of(awa)
        assert found and (found.seeing, found.hearing, found.walking) == ("much", "none", None)
        assert found.asked_on == clock.today()
    kadidia.send(page, seeing="")
    with kiosk.open():
        assert counts.of(awa) is None


def test_neither_lists_nor_files_nor_her_card_say_it_and_her_own_data_do(
    kiosk: Machine, awa: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        asking.answer(awa, SEES_BADLY)
    kadidia = kiosk.as_("manager")
    for page in ("/membres", f"/membres/{awa}", "/rapports"):
        assert "beaucoup de difficultés" not in kadidia.get(page).get_data(as_text=True)
    with kiosk.open():
        assert "difficult" not in exporting.content("csv", named=True, sensitive=True).decode().lower()
        said = [line for part in held.parts(queries.one(awa)) for line in part.lines]
        assert (str(QUESTIONS["seeing"]), "Oui, beaucoup de difficultés") in said


def test_only_counts_are_shown_and_never_of_a_few(kiosk: Machine, awa: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        people = [
            services.register(space, given_name=f"A{at}", family_name="Sy", sex="F" if at else "M").uid
            for at in range(6)
        ]
        for uid in people[:4]:
            asking.answer(uid, SEES_BADLY)
        asking.answer(awa, {"seeing": Difficulty.SOME})
        assert counts.counts(space) == counts.Counts(5, None, None)
        for uid in people[4:]:
            asking.answer(uid, {"walking": Difficulty.CANNOT})
        assert counts.counts(space) == counts.Counts(7, 6, 5)
    assert "Vivent avec un handicap" in kiosk.as_("manager").get("/membres/questions").get_data(as_text=True)


def test_an_erasure_takes_her_answers_away(kiosk: Machine, awa: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        asking.answer(awa, SEES_BADLY)
        Member.forget(session().connection(), awa)
        session().expire_all()
        assert counts.of(awa) is None


def test_a_small_child_is_not_asked(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        born = clock.today().year - 3
        child = services.register(space, given_name="Sira", family_name="Sy", birth_year=born)
        with pytest.raises(Refusal, match="moins de 5 ans"):
            asking.answer(child.uid, SEES_BADLY)

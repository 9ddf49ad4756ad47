"""A girl of thirteen: the form asks who answers for her; her picture and her name are never public."""

import re
import uuid
from typing import Any

import pytest

from kiosk.members import queries, services
from kiosk.members.vocabulary import Purpose
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock, session
from tests.support.machines import Machine

YEAR = clock.today().year
SIRA = {"given_name": "Sira", "family_name": "Traoré", "sex": "F", "birth_year": str(YEAR - 13)}
WHO = {"guardian": "Oumou Traoré", "guardian_phone": "76 12 34 56", "guardian_says": "oui"}


def register(kiosk: Machine, **answers: Any) -> Any:
    said = {**SIRA, "registered_on": clock.today().isoformat(), "agreed": "y", **answers}
    return kiosk.as_("manager").send("/membres/nouveau", **said)


@pytest.mark.parametrize("left_out", ["guardian", "guardian_says"])
def test_the_form_asks_who_answers_for_a_girl_of_thirteen(kiosk: Machine, left_out: str) -> None:
    answer = register(kiosk, **{**WHO, left_out: ""})
    assert answer.status_code == 422
    assert "Elle a moins de 18 ans." in answer.get_data(as_text=True)


def test_without_script_the_refusal_opens_her_group_at_the_first_question(kiosk: Machine) -> None:
    page = register(kiosk, guardian_phone="76 12 34 56").get_data(as_text=True)
    group = page.partition("data-minor")[2].partition("</details>")[0]
    assert group.split(">")[0].endswith(" open") and 'value="76 12 34 56"' in group
    assert (
        page.count(" autofocus") == 1
        and " autofocus" in re.findall(r'<input[^>]*id="guardian"[^>]*>', group)[0]
    )
    assert group.count("(facultatif)") == 1, "her telephone alone"
    answered = register(kiosk, guardian="Oumou Traoré").get_data(as_text=True)
    assert re.search(r'name="guardian_says" value="oui" autofocus', answered)


def test_her_guardian_s_word_is_kept_apart_and_can_be_taken_back(kiosk: Machine) -> None:
    page = register(kiosk, **WHO).location
    with kiosk.open():
        sira = queries.find("sira")[0]
        assert (sira.guardian, sira.guardian_phone) == ("Oumou Traoré", "+22376123456")
        assert queries.may(sira.uid, Purpose.GUARDIAN)
    kadidia = kiosk.as_("manager")
    assert "Accord de la personne responsable" in kadidia.get(page).get_data(as_text=True)
    kadidia.send(f"{page}/accord", form_at=page, purpose="guardian", granted="0")
    with kiosk.open():
        assert not queries.may(sira.uid, Purpose.GUARDIAN)


def test_not_asked_yet_is_an_answer_and_the_card_says_so(kiosk: Machine) -> None:
    answer = register(kiosk, **{**WHO, "guardian_says": "attente"})
    assert answer.status_code == 303
    assert "À demander" in kiosk.as_("manager").get(answer.location).get_data(as_text=True)


def test_a_minor_is_never_shown_to_everybody_whatever_was_ticked(kiosk: Machine) -> None:
    register(kiosk, **WHO, photo="y", public_name="y")
    with kiosk.open():
        sira = queries.find("sira")[0].uid
        assert queries.consents_of(sira).keys() == {"register", "guardian"}
    for purpose in (Purpose.PHOTO, Purpose.PUBLIC_NAME):
        with kiosk.writing("manager"), pytest.raises(Refusal, match="moins de 18 ans"):
            services.answer(sira, purpose, True)
        with kiosk.writing("manager"):
            services.say(queries.one(sira), purpose, True, clock.today())  # as a file may have brought it
            session().flush()
            assert not queries.may(sira, purpose)


def test_a_grown_woman_is_asked_for_nobody(kiosk: Machine) -> None:
    answer = register(kiosk, birth_year=str(YEAR - 18), photo="y")
    assert answer.status_code == 303
    with kiosk.open():
        assert queries.may(queries.find("sira")[0].uid, Purpose.PHOTO)


def test_an_unknown_age_makes_nobody_a_minor(kiosk: Machine) -> None:
    assert register(kiosk, birth_year="").status_code == 303


def test_a_child_who_walks_in_is_registered_and_completed_later(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert isinstance(space, uuid.UUID)
        assert services.register(space, given_name="Sira", family_name="T", birth_year=YEAR - 13).uid

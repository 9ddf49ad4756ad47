"""A seat asked for from a phone without account, and the answer of the staff."""

import datetime
import uuid
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from kiosk.members import queries as register
from kiosk.storage import clock, session, transaction
from kiosk.training import queries, services
from kiosk.training.models import Enrolment, RequestState, SeatRequest
from kiosk.training.routes import pace
from tests.support.pages import Client
from tests.training.conftest import Course, fresh, text, undo_of

People = Callable[..., list[uuid.UUID]]
Courses = Callable[..., Course]


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    pace.forget()
    yield
    pace.forget()


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now_ms", lambda: int(noon.timestamp() * 1000))


def asked() -> list[tuple[str, str, str]]:
    fresh()
    return [(one.name, one.phone, str(one.state)) for one in session().scalars(select(SeatRequest))]


def ask(client: Client, course: Course, name: str = "Awa Coulibaly", phone: str = "76 12 34 56") -> object:
    return client.send(f"/programme/{course.training.uid}/inscription", name=name, phone=phone)


def test_a_seat_asked_for_from_a_phone_waits_for_an_answer(client: Client, course: Courses) -> None:
    excel = course(seats=5)
    answer = ask(client, excel)
    assert answer.status_code == 303  # type: ignore[attr-defined]
    assert asked() == [("Awa Coulibaly", "+22376123456", "waiting")]
    assert "Votre demande est notée" in text(client, answer.location)  # type: ignore[attr-defined]
    assert "Demande envoyée" in text(client, "/programme")
    assert session().scalar(select(Enrolment)) is None


def test_the_phone_that_asked_takes_it_back_and_no_other_can(
    client: Client, course: Courses, kiosk: object
) -> None:
    excel = course()
    ask(client, excel)
    uid = session().scalars(select(SeatRequest.uid)).one()
    other = kiosk.client()  # type: ignore[attr-defined]
    path = f"/programme/demandes/{uid}/annuler"
    ask_page = f"/programme/{excel.training.uid}/inscription"
    assert other.send(path, form_at=ask_page).status_code == 404
    assert asked()[0][2] == "waiting"
    client.send(path, form_at=ask_page)
    assert asked()[0][2] == "withdrawn"
    assert "Je m’inscris" in text(client, "/programme")


def test_the_same_person_asking_twice_is_noted_once(client: Client, course: Courses) -> None:
    excel = course()
    ask(client, excel, "Awa Coulibaly", "76123456")
    ask(client, excel, "awa coulibaly", "+223 76 12 34 56")
    assert len(asked()) == 1


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("", "76123456"), ("x", "76123456"), ("12345", "76123456"), ("Awa", ""), ("Awa", "12"),
        ("Awa", "demain"), ("A" * 10_000, "76123456"), ("\x00\u202e", "76123456"),
    ],
)  # fmt: skip
def test_a_request_that_makes_no_sense_is_kept_on_the_page(
    client: Client, course: Courses, name: str, phone: str
) -> None:
    assert ask(client, course(), name, phone).status_code == 422  # type: ignore[attr-defined]
    assert asked() == []


def test_a_name_full_of_markup_is_only_text(
    client: Client, course: Courses, as_: Callable[[str], Client]
) -> None:
    excel = course()
    ask(client, excel, "<script>alert(1)</script> Awa\u202e\x00", "76123456")
    manager = as_("manager")
    html = manager.get(f"/formations/{excel.training.uid}").get_data(as_text=True)
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    assert asked()[0][0] == "<script>alert(1)</script> Awa"


def test_one_phone_that_asks_again_and_again_waits_and_others_do_not(
    client: Client, course: Courses, kiosk: object
) -> None:
    excel = course()
    for at in range(pace.MOST):
        assert ask(client, excel, f"Personne {at}a").status_code == 303  # type: ignore[attr-defined]
    assert ask(client, excel, "Une de plus").status_code == 422  # type: ignore[attr-defined]
    path = f"/programme/{excel.training.uid}/inscription"
    other = kiosk.client()  # type: ignore[attr-defined]
    token = other.token(path)
    data = {"csrf_token": token, "name": "Awa", "phone": "76123456"}
    assert other.post(path, data=data, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 303


def test_a_draft_and_a_session_of_nowhere_cannot_be_asked_for(client: Client, space: uuid.UUID) -> None:
    with transaction():
        half = services.HalfDay(clock.today(), "09:00", 60)
        draft = services.plan_session(space, services.Plan("Secret"), [half], draft=True)
    for uid in (draft.uid, uuid.uuid4()):
        for page in ("", "/inscription"):
            assert client.get(f"/programme/{uid}{page}").status_code == 404


def test_the_manager_accepts_a_request_for_a_member_she_knows(
    client: Client, as_: Callable[[str], Client], people: People, course: Courses
) -> None:
    (awa,) = people(1)
    excel = course()
    ask(client, excel)
    manager, uid = as_("manager"), session().scalars(select(SeatRequest.uid)).one()
    where = f"/formations/{excel.training.uid}"
    assert "Demandes venues d’un téléphone" in text(manager, where)
    page = f"/demandes/{uid}"
    assert "C’est elle" in text(manager, page) and "76" in text(manager, page)
    assert "Personne de ce nom" in text(manager, f"{page}?q=zzzz")
    manager.send(page, member=awa.hex)
    fresh()
    assert [one.person.uid for one in queries.places(excel.training)[0]] == [awa]
    assert asked()[0][2] == RequestState.ACCEPTED
    assert "Demande acceptée" in text(client, "/programme?quand=plus-tard") + text(client, "/programme")
    assert manager.send(page, form_at=where, member=awa.hex).status_code == 409


def test_the_manager_makes_a_card_for_someone_new_and_she_has_her_seat(
    client: Client, as_: Callable[[str], Client], course: Courses, space: uuid.UUID
) -> None:
    excel = course()
    ask(client, excel, "Fatoumata Bintou Dembélé", "66 11 22 33")
    manager, uid = as_("manager"), session().scalars(select(SeatRequest.uid)).one()
    page = f"/demandes/{uid}/nouvelle-carte"
    html = manager.get(page).get_data(as_text=True)
    assert 'value="Fatoumata Bintou"' in html and 'value="Dembélé"' in html
    assert manager.send(page, given_name="", family_name="Dembélé", sex="F").status_code == 422
    fields = {"given_name": "Fatoumata", "family_name": "Dembélé", "sex": "F", "phone": "66112233"}
    assert manager.send(page, **fields).status_code == 303
    fresh()
    ((seated,), _, _) = queries.places(excel.training)
    assert seated.person.name == "Fatoumata Dembélé"
    assert session().scalars(register.listing("dembele", space)).one().phone == "+22366112233"


def test_a_refused_request_is_taken_back(
    client: Client, as_: Callable[[str], Client], course: Courses
) -> None:
    excel = course()
    ask(client, excel)
    manager, uid = as_("manager"), session().scalars(select(SeatRequest.uid)).one()
    where = f"/formations/{excel.training.uid}"
    manager.send(f"/demandes/{uid}/refuser", form_at=f"/demandes/{uid}")
    back = undo_of(manager, where)
    assert asked()[0][2] == "refused"
    manager.send(back, form_at="/formations/nouvelle")
    assert asked()[0][2] == "waiting"


def test_answering_is_two_taps_from_the_first_screen_one_where_a_single_person_waits(
    client: Client, as_: Callable[[str], Client], people: People, course: Courses
) -> None:
    (awa,) = people(1)
    excel, word = course(), course(title="Word")
    ask(client, excel)
    manager = as_("manager")
    assert 'href="/demandes"' in manager.get("/aujourdhui").get_data(as_text=True)
    fresh()
    (uid,) = session().scalars(select(SeatRequest.uid))
    assert manager.get("/demandes").location == f"/demandes/{uid}"
    ask(client, word, "Hawa Bah", "66112233")
    fresh()
    listed = manager.get("/demandes").get_data(as_text=True)
    assert listed.count('href="/demandes/') == 2 and "Word" in listed and "Hawa Bah" in listed
    assert manager.send(f"/demandes/{uid}", member=awa.hex).location == "/demandes", "the next one waits"
    (last,) = session().scalars(select(SeatRequest.uid).where(SeatRequest.name == "Hawa Bah"))
    refused = manager.send(f"/demandes/{last}/refuser", form_at=f"/demandes/{last}")
    assert refused.location == f"/formations/{word.training.uid}"
    assert "ont leur réponse" in text(manager, "/demandes")


def test_a_seat_asked_for_in_a_deleted_session_waits_for_nobody(
    client: Client, as_: Callable[[str], Client], course: Courses
) -> None:
    excel, manager = course(), as_("manager")
    ask(client, excel)
    back = f"/formations/{excel.training.uid}/supprimer"
    assert manager.send(back, form_at=f"/formations/{excel.training.uid}").status_code == 303
    assert 'href="/demandes"' not in manager.get("/aujourdhui").get_data(as_text=True)
    assert "ont leur réponse" in text(manager, "/demandes"), "it led to a page that does not exist"

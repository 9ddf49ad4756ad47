"""Attestations beyond their space: checked elsewhere and at the centre, withdrawn, erased, twice made."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.central import erasing
from kiosk.places import services as places
from kiosk.storage import session
from kiosk.sync import erasures, keyfile
from kiosk.training import queries, services
from kiosk.training.attestations import issuing, reading
from kiosk.training.attestations.models import Attested, Certificate, CertificateSeal
from kiosk.training.models import Mark, TrainingSession
from kiosk.training.routes import pace
from kiosk.web.printing import everywhere
from tests.support.machines import Machine
from tests.sync.conftest import Post, link_up
from tests.sync.telling import register

SIGNED = issuing.Signed("Kadidia Sissoko", datetime.date(2026, 11, 25))
DAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _calm() -> None:
    pace.forget()


@pytest.fixture
def nioro(kiosk: Machine, centre: Machine) -> Post:
    """Nioro, where Nagnouma followed a session."""
    found = link_up(kiosk, centre)
    register(kiosk, "Nagnouma Sangaré")
    with kiosk.writing("manager"):
        due = [services.HalfDay(DAY, "09:00", 180)]
        training = services.plan_session(places.space_uid("NIO"), services.Plan(title="Word"), due)
        (her,) = queries.find_people(training.space_uid, "Nagnouma")
        services.enrol(training, [her.uid])
        (sitting,) = services.sittings_of(training)
        services.close_sheet(sitting, {her.uid: services.Answer(Mark.PRESENT)}, DAY)
    found.exchange()
    return found


@pytest.fixture
def yelimane(machine: Callable[..., Machine], centre: Machine) -> Post:
    return link_up(machine(space="YEL"), centre, "YEL")


def attested(kiosk: Machine) -> str:
    with kiosk.writing("manager"):
        training = session().query(TrainingSession).one()
        (made,) = issuing.attest(training, [Attested.TRAINING], SIGNED)
        return made.number


def page(machine: Machine, number: str, name: str = "") -> str:
    answer = machine.client().get(f"/attestations?number={number}&name={name}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_number_made_at_one_kiosk_is_known_at_another_and_at_the_centre(
    nioro: Post, yelimane: Post, centre: Machine
) -> None:
    number = attested(nioro.kiosk)
    assert "n’est pas connu" in page(centre, number)
    for post in (nioro, yelimane):
        post.exchange()
    for machine in (nioro.kiosk, yelimane.kiosk, centre):
        said = page(machine, number, "sangare nagnouma")
        assert "est valable" in said and "N. S." in said
        assert ("Le nom va avec" in said) is (machine is not yelimane.kiosk)
        assert ("ne connaît pas le nom" in said) is (machine is yelimane.kiosk)
        assert "Sangaré" not in said.replace('value="sangare nagnouma"', "")
    with yelimane.kiosk.open() as here:
        assert here.query(Certificate).count() == 0, "the paper itself stays with its space"
        assert here.query(CertificateSeal).one().proof == "", "a hash of a name gives the name away"


def test_a_withdrawal_is_known_everywhere_after_an_exchange(
    nioro: Post, yelimane: Post, centre: Machine
) -> None:
    number = attested(nioro.kiosk)
    for post in (nioro, yelimane):
        post.exchange()
    with nioro.kiosk.writing("manager"):
        issuing.revoke(session().query(Certificate).one(), "Nom d’une autre")
    for post in (nioro, yelimane):
        post.exchange()
    for machine in (nioro.kiosk, yelimane.kiosk, centre):
        assert "a été retirée" in page(machine, number)


def test_somebody_erased_leaves_a_number_valid_and_nameless_on_every_machine(
    nioro: Post, yelimane: Post, centre: Machine
) -> None:
    number = attested(nioro.kiosk)
    for post in (nioro, yelimane):
        post.exchange()
    with nioro.kiosk.writing("manager"):
        erasures.ask("member", session().query(Certificate).one().member_uid)
    nioro.exchange()
    with centre.writing("coordinator"):
        erasing.run(centre.data)
    for post in (nioro, yelimane):
        post.exchange()
    for machine in (nioro.kiosk, yelimane.kiosk, centre):
        with machine.open() as here:
            seal = here.query(CertificateSeal).one()
            assert (seal.initials, seal.proof, seal.number) == ("", "", number)
            assert reading.check(number, "Nagnouma Sangaré").state == "valid"
            papers = here.query(Certificate).all()
            assert [one.holder for one in papers] in ([], [""])


def test_two_machines_of_one_space_that_attest_apart_make_one_paper_and_both_numbers_stay_known(
    nioro: Post, machine: Callable[..., Machine], centre: Machine
) -> None:
    second = link_up(machine(), centre)
    second.exchange()
    numbers = {attested(post.kiosk) for post in (nioro, second)}
    for post in (nioro, second, nioro):
        post.exchange()
    assert len(numbers) == 2
    for here in (nioro.kiosk, second.kiosk, centre):
        with here.open() as current:
            (paper,) = current.query(Certificate).all()
            assert paper.number in numbers
            assert {reading.check(number).state for number in numbers} == {"valid"}


def test_the_code_on_the_paper_leads_to_the_centre_where_the_world_reaches_it(nioro: Post) -> None:
    kiosk = nioro.kiosk
    with kiosk.app.test_request_context(base_url="http://localhost:8080"):
        assert everywhere("checking.number", number="A-1") == "http://kiosque.local:8080/attestations/A-1"
    identity = keyfile.load(kiosk.data)
    keyfile.save(kiosk.data, replace(identity, centre="https://centre.example.org/"))
    with kiosk.app.test_request_context(base_url="http://localhost:8080"):
        assert everywhere("checking.number", number="A-1") == "https://centre.example.org/attestations/A-1"
    (kiosk.data / keyfile.NAME).unlink()
    with kiosk.app.test_request_context(base_url="http://192.168.4.1"):
        assert everywhere("checking.number", number="A-1") == "http://192.168.4.1/attestations/A-1"

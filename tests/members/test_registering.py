"""Registering, amending, agreeing: what the manager does every day."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from kiosk.members import cards, queries, services
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose, Sex
from kiosk.storage import NotFound, Refusal, clock, is_checked, session, transaction
from kiosk.storage.log import sync_log, sync_self

Register = Callable[..., Member]


def test_a_name_alone_is_enough(register: Register) -> None:
    member = register(given_name="Awa", sex=Sex.UNSAID)
    assert (member.name, member.sex, member.birth_year) == ("Awa", Sex.UNSAID, None)
    assert member.registered_on == clock.today()


def test_without_any_name_nobody_is_registered(register: Register) -> None:
    with pytest.raises(Refusal) as refused:
        register(given_name="  ", family_name="")
    assert refused.value.field == "given_name"
    assert queries.count() == 0


@pytest.mark.parametrize("year", [1899, 2031, 20004])
def test_an_impossible_birth_year_is_refused_on_its_field(register: Register, year: int) -> None:
    with pytest.raises(Refusal) as refused:
        register(given_name="Awa", birth_year=year, registered_on=datetime.date(2026, 1, 5))
    assert refused.value.field == "birth_year"


def test_the_clock_does_not_judge_a_birth_year_but_the_day_on_paper_does(register: Register) -> None:
    assert (
        register(given_name="Awa", birth_year=2024, registered_on=datetime.date(2030, 1, 5)).birth_year
        == 2024
    )


def test_a_guess_without_a_year_is_no_guess(register: Register, awa: Member) -> None:
    with transaction():
        services.amend(awa.uid, birth_year=None)
    assert awa.birth_year_about is False


def test_amending_touches_only_what_is_given(awa: Member) -> None:
    with transaction():
        services.amend(awa.uid, village="Diakha")
    assert (awa.village, awa.phone, awa.birth_year) == ("Diakha", "+22376123456", 2004)


def test_an_answer_can_be_emptied(awa: Member) -> None:
    with transaction():
        services.amend(awa.uid, phone="", village="  ")
    assert (awa.phone, awa.village) == (None, None)


def test_only_the_changed_fields_are_logged(awa: Member) -> None:
    with transaction():
        services.amend(awa.uid, village="Diakha", phone="76 12 34 56")
    last = session().execute(select(sync_log.c.tab, sync_log.c.body).order_by(sync_log.c.seq.desc())).first()
    assert last == ("member", '{"village":"Diakha"}')


def test_ten_thousand_letters_are_refused(register: Register) -> None:
    with pytest.raises(Refusal) as refused:
        register(given_name="A" * 10_000)
    assert refused.value.field == "given_name"


def test_every_agreement_is_dated_and_can_be_taken_back(register: Register) -> None:
    awa = register([Purpose.REGISTER], given_name="Awa", registered_on=datetime.date(2026, 3, 4))
    assert queries.consents_of(awa.uid)[Purpose.REGISTER].on_date == datetime.date(2026, 3, 4)
    with transaction():
        services.answer(awa.uid, Purpose.REGISTER, False)
    said = queries.consents_of(awa.uid)[Purpose.REGISTER]
    assert (said.granted, said.on_date) == (False, clock.today())
    assert not queries.may(awa.uid, Purpose.REGISTER)
    assert session().scalar(select(func.count()).select_from(Consent)) == 1


def test_numbers_follow_each_other_and_carry_their_check(register: Register) -> None:
    numbers = [register(given_name=name).card for name in ("Awa", "Sira", "Nana")]
    assert [number[7:11] for number in numbers] == ["0001", "0002", "0003"]
    assert all(number.startswith("NIO-T") and is_checked(number) for number in numbers)


def test_a_number_is_never_given_again(register: Register, awa: Member) -> None:
    with transaction():
        services.take_out(awa.uid)
    assert register(given_name="Sira").card != awa.card


def test_a_number_that_came_from_elsewhere_is_skipped(register: Register, awa: Member) -> None:
    with transaction():
        prefix = awa.card[:7]
        awa.card = cards.with_check(f"{prefix}0002")
    assert register(given_name="Sira").card == cards.with_check(f"{prefix}0003")


def test_numbers_go_on_beyond_four_digits(space: uuid.UUID) -> None:
    with transaction():
        assert len(set(cards.take("NIO", 10_001))) == 10_001
        assert cards.take("NIO")[0][7:12] == "10002"


def test_another_incarnation_of_the_machine_numbers_under_other_letters(
    register: Register, awa: Member
) -> None:
    with transaction():
        session().execute(sync_self.update().values(stream_uid=uuid.UUID(int=awa.uid.int + 1)))
    assert register(given_name="Sira").card[:7] != awa.card[:7]


def test_a_registration_can_be_taken_back_and_put_back(awa: Member) -> None:
    with transaction():
        services.take_out(awa.uid)
    with pytest.raises(NotFound):
        queries.one(awa.uid)
    assert queries.find("awa") == []
    with transaction():
        services.take_in(awa.uid)
    assert queries.find("awa") == [awa]


def test_who_already_serves_elsewhere_stays(awa: Member, space: uuid.UUID) -> None:
    with transaction():
        assert services.serving([awa.uid]) == set()
    pointing = {column.table.name for column in services.pointing_at_members()}
    assert "consent" not in pointing and "member" not in pointing

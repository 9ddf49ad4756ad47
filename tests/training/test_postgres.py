"""The same lists and figures on PostgreSQL, where the centre reads them."""

import datetime

import pytest

from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.places import services as places
from kiosk.storage import session
from kiosk.training import queries, services
from kiosk.training.models import Mark
from tests.support.machines import Machine
from tests.training.conftest import TUESDAY


@pytest.mark.postgres
def test_every_list_and_figure_reads_the_same_on_postgresql(centre_pg: Machine) -> None:
    with centre_pg.writing():
        space = places.open_space("NIO", places.SpaceCard("Nioro")).uid
        awa = Member(space_uid=space, card="NIO-000123-C", given_name="Awa", family_name="Coulibaly")
        awa.sex, awa.birth_year_about, awa.registered_on = Sex.WOMAN, False, TUESDAY
        session().add(awa)
        session().flush()
        services.seed_courses(space)
        halves = [services.HalfDay(TUESDAY, hour, 180) for hour in ("09:00", "15:00")]
        made = services.plan_session(space, services.Plan("Sécurité", seats=1), halves)
        services.enrol(made, [awa.uid])
        first, _ = services.sittings_of(made)
        services.mark(first, {awa.uid: services.Answer(Mark.PRESENT)})
        services.close_sheet(first, {}, TUESDAY)
        services.count_heads(first, {("F", "15-19"): 2})
        uid = made.uid
    with centre_pg.open():
        facts, heads = queries.attendance_facts(None, TUESDAY, TUESDAY), queries.headcounts(space, None, None)
        assert queries.person_days(facts, heads) == 150
        assert queries.counts(space) == queries.Counts(1, 1, 1)
        (line,) = queries.session_lines(session().execute(queries.listing(None, False, "secu")))
        assert (line.seated, line.sittings, line.entered, line.free) == (1, 2, 1, 0)
        assert [one.number for one in queries.sheets_to_enter(space, TUESDAY)[0]] == [2]
        assert [one.heads for one in queries.sitting_lines(uid)] == [2, 0]
        assert len(queries.programme(space, TUESDAY)) == 2
        assert queries.next_public(space, TUESDAY) and not queries.without_date(space)
        assert not queries.next_with_seats(space, TUESDAY)
        assert len(queries.sessions_of(awa.uid)) == 1
        assert queries.waiting_requests(space) == 0 and len(queries.courses(space)) == 9
        assert queries.programme(space, TUESDAY + datetime.timedelta(days=1)) == []

"""Wrong figures seen in other software, each shown not to be ours; and what donors ask for."""

import datetime
import uuid

import pytest

from kiosk.members import queries as register
from kiosk.members import services as members
from kiosk.members.ages import BANDS, YOUTH
from kiosk.members.vocabulary import Sex
from kiosk.partners import services as partners
from kiosk.places import queries as places
from kiosk.reports import lines
from kiosk.reports.periods import Period
from kiosk.storage import Refusal
from kiosk.training import services as training
from tests.reports.conftest import MONDAY, TUESDAY, figures, on_screen
from tests.support.lessons import Half, lesson, member
from tests.support.machines import Machine
from tests.support.pages import Client


def test_twelve_people_two_full_days_one_absent_half_a_day_make_23_and_a_half(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"Personne {at}") for at in range(12)]
        halves = [
            Half(day, {"present": people}, hour) for day in (MONDAY, TUESDAY) for hour in ("08:00", "15:00")
        ]
        halves[3] = Half(TUESDAY, {"present": people[1:], "absent": people[:1]}, "15:00")
        lesson(nioro, halves)
    found = figures(kiosk).total
    assert (found.people.total, found.participations, found.days) == (12, 47, 2350)
    shown = dict(on_screen(kadidia, "/rapports"))
    assert [str(one) for one in shown["Personnes-jours de formation"]] == ["23.5"]


def test_a_project_s_report_counts_its_sessions_and_no_other_s(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        mine = partners.add_project(partners.ProjectCard("A", "Femmes en ligne"), nioro).uid
        other = partners.add_project(partners.ProjectCard("B", "Autre"), nioro).uid
        awa, sira, demba = (member(nioro, name) for name in ("Awa C", "Sira K", "Demba T"))
        lesson(nioro, [Half(MONDAY, {"present": [awa]}, heads={("F", "20-24"): 4})], project_uid=mine)
        lesson(nioro, [Half(TUESDAY, {"present": [sira]})], project_uid=other)
        lesson(nioro, [Half(TUESDAY, {"present": [demba]}, "15:00")])
    for project, expected in ((mine, (1, 250, 1)), (other, (1, 50, 1))):
        found = figures(kiosk, project_uid=project)
        total = found.total
        assert (total.people.total, total.days, total.sessions, total.visits) == (*expected, 0)
    assert figures(kiosk, project_uid=mine).project == "Femmes en ligne"
    assert figures(kiosk).total.people.total == 3


def test_a_project_s_own_age_bands_cut_its_report(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        project = partners.add_project(partners.ProjectCard("A", "Adolescentes"), nioro)
        project.first_ages = [15, 20]
        girl = member(nioro, born=2008)
        lesson(nioro, [Half(MONDAY, {"present": [girl]})], project_uid=project.uid)
    found = figures(kiosk, project_uid=project.uid)
    assert {one.band.key: one.people.women for one in found.total.bands} == {
        "0-14": 0, "15-19": 1, "20-": 0, "unknown": 0,
    }  # fmt: skip
    assert len(figures(kiosk).total.bands) == len(BANDS)


def test_one_table_gives_a_band_its_label_and_its_limits() -> None:
    """Elsewhere the screen says 25-45 and the query takes 26-45."""
    ages, times = lines.groups(BANDS)[2:]
    shown = [str(line.name) for line in ages.lines if not line.part]
    assert shown == [str(band.label) for band in BANDS] == [str(line.name) for line in times.lines]
    assert str(lines.youth()) == f"Jeunes de {YOUTH[0]} à {YOUTH[1]} ans"
    for age in range(121):
        assert sum(band.holds(age) for band in BANDS if band.first or band.last) == 1


def test_a_report_on_a_past_year_does_not_age(kiosk: Machine, nioro: uuid.UUID) -> None:
    """Elsewhere past reports change every January."""
    then = datetime.date(2024, 6, 3)
    with kiosk.writing("manager"):
        lesson(nioro, [Half(then, {"present": [member(nioro, born=2005)]})])
    found = figures(kiosk, Period(then, then)).total
    assert [one.band.key for one in found.bands if one.people.total] == ["15-19"]


def test_whoever_said_neither_is_a_line_and_the_lines_sum(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        people = [member(nioro, f"P {at}", sex, born) for at, (sex, born) in enumerate(
            (("F", 2000), ("M", None), ("unsaid", 1990), ("unsaid", None)))]  # fmt: skip
        lesson(nioro, [Half(MONDAY, {"present": people})])
    shown = [(name, int(values[0])) for name, values in on_screen(kadidia, "/rapports")]
    assert shown[:4] == [
        ("Personnes formées", 4), ("dont femmes", 1), ("dont hommes", 1), ("dont sexe non dit", 2),
    ]  # fmt: skip
    bands = [value for name, value in shown if name in {str(band.label) for band in BANDS}]
    assert sum(bands[: len(BANDS)]) == sum(bands[len(BANDS) :]) == 4


def test_the_share_of_women_is_of_women_among_people_and_not_of_presences(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa, demba = member(nioro), member(nioro, "Demba Traoré", "M")
        halves = [Half(MONDAY + datetime.timedelta(days=at), {"present": [demba]}) for at in range(3)]
        lesson(nioro, [*halves, Half(TUESDAY, {"present": [awa], "absent": [demba]}, "15:00")])
    page = kadidia.get("/rapports").get_data(as_text=True)
    assert "50\u00a0%" in page
    assert "1 femme sur 2" in page


def test_a_period_without_anybody_divides_nothing_by_nought(kadidia: Client) -> None:
    page = kadidia.get("/rapports?du=2020-01-01&au=2020-12-31").get_data(as_text=True)
    assert "Rien sur cette période." in page


def test_a_period_with_headcounts_only_has_no_share_to_show(
    kiosk: Machine, kadidia: Client, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        lesson(nioro, [Half(MONDAY, heads={("F", "20-24"): 8})])
    assert dict(on_screen(kadidia, "/rapports"))["Personnes formées"] == [0]
    page = kadidia.get("/rapports").get_data(as_text=True)
    assert "–" in page
    assert figures(kiosk).total.days == figures(kiosk).total.unnamed_days == 400


def test_a_sheet_with_nobody_present_is_entered_and_counts_nothing(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        lesson(nioro, [Half(MONDAY, {"absent": [member(nioro)]})])
    found = figures(kiosk).total
    assert (found.people.total, found.days, found.participations) == (0, 0, 0)


def test_entering_a_sheet_twice_counts_once(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro)
        made = lesson(nioro, [Half(MONDAY, {"present": [awa]})])
    for _ in range(2):
        with kiosk.writing("manager"):
            sitting = training.sittings_of(training.find_session(made.uid))[0]
            training.reopen_sheet(sitting)
            training.close_sheet(sitting, {}, MONDAY)
    found = figures(kiosk).total
    assert (found.participations, found.days) == (1, 50)


@pytest.mark.parametrize(("sex", "women"), [(Sex.WOMAN, 1), (Sex.MAN, 0)])
def test_a_card_corrected_later_corrects_the_past(
    kiosk: Machine, nioro: uuid.UUID, sex: Sex, women: int
) -> None:
    """Nothing is kept of a count: it is made anew from the marks each time."""
    with kiosk.writing("manager"):
        awa = member(nioro, sex="unsaid")
        lesson(nioro, [Half(MONDAY, {"present": [awa]})])
    assert figures(kiosk).total.people.unsaid == 1
    with kiosk.writing("manager"):
        members.amend(awa, sex=sex, birth_year=1999)
    people = figures(kiosk).total.people
    assert (people.women, people.unsaid, people.total) == (women, 0, 1)


def test_a_session_with_marks_is_never_removed_under_them(kiosk: Machine, nioro: uuid.UUID) -> None:
    """Elsewhere the marks go and the session stays."""
    with kiosk.writing("manager"):
        made = lesson(nioro, [Half(MONDAY, {"present": [member(nioro)]})])
    with pytest.raises(Refusal), kiosk.writing("manager"):
        training.delete_session(training.find_session(made.uid))
    assert figures(kiosk).total.days == 50


def test_cancelling_what_is_left_moves_no_figure(kiosk: Machine, nioro: uuid.UUID) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro)
        made = lesson(nioro, [Half(MONDAY, {"present": [awa]}), Half(TUESDAY, entered=False)])
    before = figures(kiosk).total
    with kiosk.writing("manager"):
        training.cancel(training.find_session(made.uid), "Couvre-feu")
    assert figures(kiosk).total == before


def test_a_member_no_longer_in_the_register_was_trained_all_the_same(
    kiosk: Machine, nioro: uuid.UUID
) -> None:
    with kiosk.writing("manager"):
        awa = member(nioro, born=2000)
        lesson(nioro, [Half(MONDAY, {"present": [awa]})])
        register.one(awa).deleted_at = 1
    assert figures(kiosk).total.people.women == 1


def test_a_person_in_two_spaces_counts_once_in_the_total(
    centre: Machine, salimata: Client, three: dict[str, uuid.UUID]
) -> None:
    with centre.writing():
        awa, sira = member(three["NIO"]), member(three["KAY"], "Sira Kanté")
        lesson(three["NIO"], [Half(MONDAY, {"present": [awa]})])
        lesson(three["KAY"], [Half(TUESDAY, {"present": [awa, sira]})])
    found = figures(centre)
    assert [one.figures.people.total for one in found.spaces] == [2, 1, 0]
    assert (found.total.people.total, found.in_several, found.total.days) == (2, 1, 150)
    page = salimata.get("/rapports").get_data(as_text=True)
    assert "2 + 1 + 0 = 3." in page
    assert "1 personne a suivi des formations dans plusieurs espaces\u00a0: le total est 2." in page


def test_a_day_in_two_spaces_is_one_day(centre: Machine, three: dict[str, uuid.UUID]) -> None:
    """At most one day per person and date: in the total, not in each space."""
    with centre.writing():
        awa = member(three["NIO"])
        for code, hour in (("NIO", "08:00"), ("KAY", "14:00")):
            lesson(three[code], [Half(MONDAY, {"present": [awa]}, hour, minutes=420)])
    found = figures(centre)
    assert [one.figures.days for one in found.spaces] == [100, 100, 0]
    assert found.total.days == 100


def test_a_space_that_closed_stays_in_the_reports_of_its_time(
    centre: Machine, three: dict[str, uuid.UUID]
) -> None:
    """Its people would else be in the total and in no column."""
    with centre.writing():
        lesson(three["YEL"], [Half(MONDAY, {"present": [member(three["YEL"])]})])
        closed = places.space(three["YEL"])
        assert closed
        closed.active = False
    found = figures(centre)
    assert [one.space.name for one in found.spaces] == ["Kayes", "Nioro", "Yélimané"]
    later = figures(centre, Period(datetime.date(2026, 6, 1), datetime.date(2026, 6, 30)))
    assert [one.space.name for one in later.spaces] == ["Kayes", "Nioro"]

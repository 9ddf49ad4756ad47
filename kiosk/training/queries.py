"""Everything that reads the training room: lists, sheets, the programme, facts and figures.

Reports and the centre build on `attendance_facts`, `headcounts` and the sums of
`figures`; nothing here is stored, so correcting a mark, a weight or a person's
card corrects every figure, past ones included.
"""

from kiosk.training.agenda import SittingLine, sheets_to_enter, sitting_line, sitting_lines, sittings_on
from kiosk.training.beside.reading import organisations
from kiosk.training.beside.words import SHARES
from kiosk.training.catalogue.gatherings import Came, Trait, came, came_to, fullest_of, there, traits
from kiosk.training.catalogue.ready import half_days
from kiosk.training.catalogue.seeds import theme_of
from kiosk.training.catalogue.shown import shown
from kiosk.training.catalogue.themes import Domain, themes, with_own
from kiosk.training.catalogue.themes import names as theme_names
from kiosk.training.catalogue.yearly import year_plan
from kiosk.training.courses import courses
from kiosk.training.facts import (
    Counts,
    attendance_facts,
    counts,
    facts_in,
    facts_of_person,
    facts_of_session,
    headcounts,
    heads_in,
)
from kiosk.training.figures import (
    Fact,
    Heads,
    as_days,
    attended,
    days_by_person,
    default_weight,
    estimated,
    headcount_days,
    person_days,
    person_minutes,
    trained,
)
from kiosk.training.heads.counting import Crowd, crowds_of
from kiosk.training.held import Held, Scope, Spoken, held_in
from kiosk.training.listings import (
    SessionLine,
    listing,
    next_public,
    session_lines,
    sessions_of,
    spaces_of,
    waiting_requests,
)
from kiosk.training.programme import Offer, Showing, next_with_seats, offer, programme, without_date
from kiosk.training.sheets import (
    Person,
    Place,
    Row,
    asked_seats,
    find_people,
    marks_of,
    people,
    places,
    requests_by_uid,
    requests_of,
    seated,
    sheet,
    visitor,
)

__all__ = [
    "SHARES",
    "Came",
    "Counts",
    "Crowd",
    "Domain",
    "Fact",
    "Heads",
    "Held",
    "Offer",
    "Person",
    "Place",
    "Row",
    "Scope",
    "SessionLine",
    "Showing",
    "SittingLine",
    "Spoken",
    "Trait",
    "as_days",
    "asked_seats",
    "attendance_facts",
    "attended",
    "came",
    "came_to",
    "counts",
    "courses",
    "crowds_of",
    "days_by_person",
    "default_weight",
    "estimated",
    "facts_in",
    "facts_of_person",
    "facts_of_session",
    "find_people",
    "fullest_of",
    "half_days",
    "headcount_days",
    "headcounts",
    "heads_in",
    "held_in",
    "listing",
    "marks_of",
    "next_public",
    "next_with_seats",
    "offer",
    "organisations",
    "people",
    "person_days",
    "person_minutes",
    "places",
    "programme",
    "requests_by_uid",
    "requests_of",
    "seated",
    "session_lines",
    "sessions_of",
    "sheet",
    "sheets_to_enter",
    "shown",
    "sitting_line",
    "sitting_lines",
    "sittings_on",
    "spaces_of",
    "theme_names",
    "theme_of",
    "themes",
    "there",
    "trained",
    "traits",
    "visitor",
    "waiting_requests",
    "with_own",
    "without_date",
    "year_plan",
]

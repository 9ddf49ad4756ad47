"""The people of a session as a group: their cards are printed at once."""

import uuid
from functools import partial

from kiosk.language import fmt, nmsg
from kiosk.places import queries as places
from kiosk.storage import session
from kiosk.training import queries
from kiosk.web.groups import Group

_MOST = 12


def sessions() -> list[Group]:
    """Return the sessions to come and under way that somebody is enrolled in."""
    here = places.here_uid()
    found = queries.session_lines(session().execute(queries.listing(here, over=False).limit(_MOST)))
    return [_group(one) for one in found if one.seated]


def _group(line: queries.SessionLine) -> Group:
    people = nmsg("%(n)s personne", "%(n)s personnes", line.seated)
    note = f"{fmt.date_medium(line.first)} · {people}" if line.first else people
    return Group(f"formation-{line.code}", line.title, note, partial(_people, line.uid))


def _people(session_uid: uuid.UUID) -> list[uuid.UUID]:
    return [one.uid for one in queries.seated(session_uid)]

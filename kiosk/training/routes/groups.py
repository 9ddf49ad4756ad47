"""The people of a session as a group: their cards are printed at once."""

import uuid
from functools import partial

from kiosk.language import fmt, nmsg
from kiosk.places import queries as places
from kiosk.training import listings, queries, services
from kiosk.web.groups import Group

_MOST = 12


def sessions() -> list[Group]:
    """Return the sessions to come and under way in which somebody has a seat."""
    return [_group(line) for line in listings.with_people(places.here_uid(), _MOST)]


def _group(line: queries.SessionLine) -> Group:
    people = nmsg("%(n)s personne", "%(n)s personnes", line.seated)
    note = f"{fmt.date_medium(line.first)} · {people}" if line.first else people
    return Group(f"formation-{line.code}", line.title, note, partial(_people, line.uid))


def _people(session_uid: uuid.UUID) -> list[uuid.UUID]:
    return [one.uid for one in queries.seated(services.find_session(session_uid))]

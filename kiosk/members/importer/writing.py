"""Writing a plan, all of it in the caller's transaction, and taking an import back."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from kiosk.language import msg
from kiosk.members import cards, queries, services
from kiosk.members.fields import own
from kiosk.members.importer import people
from kiosk.members.importer.matching import Known
from kiosk.members.importer.pace import undisturbed
from kiosk.members.importer.plan import Plan
from kiosk.members.models import Consent, ImportedLine, ImportRun, Member, OwnAnswer
from kiosk.members.vocabulary import Purpose, Sex
from kiosk.places import queries as places
from kiosk.storage import NotFound, Refusal, clock, create_rows, derived_uid, new_uid, plain, session

_CONSENT = "consent:"
_BLANK = {"given_name": "", "family_name": "", "sex": Sex.UNSAID, "birth_year_about": False}
_LINES: Any = ImportedLine.__table__
_WRITTEN = tuple(services.Fields.__annotations__)
Filled = dict[str, dict[str, Any]]


@undisturbed()
def apply(plan: Plan, file_name: str) -> ImportRun:
    """Write what a plan says, and remember it so that it can be taken back."""
    space = places.space(plan.space_uid)
    if space is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    newcomers = [known for known in plan.people if known.uid is None]
    numbers = iter(cards.take(space.code, sum(not known.values.get("card") for known in newcomers)))
    for known in newcomers:
        known.uid = new_uid()
        known.values["card"] = known.values.get("card") or next(numbers)
    made = [_row(plan, known) for known in newcomers]
    create_rows(Member, made)
    create_rows(Consent, (row for known in newcomers for row in _consents(plan.space_uid, known)))
    create_rows(OwnAnswer, [row for known in newcomers for row in _own(plan.space_uid, known)])
    filled = _fill(plan)
    session().flush()
    return _remember(plan, file_name, {row["uid"].hex: _print(row) for row in made}, filled)


def _row(plan: Plan, known: Known) -> dict[str, Any]:
    apart = (name for name in known.values if name.startswith(_CONSENT) or own.is_own(name))
    said = {name: known.values[name] for name in known.values.keys() - set(apart)}
    owner = {"uid": known.uid, "space_uid": plan.space_uid}
    return {**owner, **_BLANK, "registered_on": plan.file_day, **said}


def _print(row: Mapping[str, Any]) -> str:
    told = json.dumps([plain(row.get(name)) for name in _WRITTEN])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _told(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in _WRITTEN}


def _consents(space_uid: uuid.UUID, known: Known) -> Iterable[dict[str, Any]]:
    for name, said in known.values.items():
        if name.startswith(_CONSENT) and known.uid:
            purpose = Purpose(name.removeprefix(_CONSENT))
            uid = derived_uid(f"consent-{purpose}", known.uid)
            owner = {"uid": uid, "space_uid": space_uid, "member_uid": known.uid}
            yield {**owner, "purpose": purpose, "granted": said[0], "on_date": said[1]}


def _own(space_uid: uuid.UUID, known: Known) -> Iterable[dict[str, Any]]:
    for name, value in known.values.items():
        if own.is_own(name) and known.uid:
            field = own.uid_of(name)
            owner = {"space_uid": space_uid, "member_uid": known.uid, "field_uid": field}
            yield {"uid": derived_uid("own", field, known.uid), **owner, "value": value}


def _fill(plan: Plan) -> Filled:
    met = {known.uid: known.added for known in plan.people if known.added and known.uid}
    for uid, member in queries.by_uids(met).items():
        for name, value in met[uid].items():
            if name.startswith(_CONSENT):
                services.say(member, Purpose(name.removeprefix(_CONSENT)), *value)
            elif own.is_own(name):
                own.write(member, {name: value})
            else:
                setattr(member, name, value)
    return {uid.hex: {name: plain(value) for name, value in added.items()} for uid, added in met.items()}


def _remember(plan: Plan, file_name: str, created: dict[str, str], filled: Filled) -> ImportRun:
    prints = {step.line.print: step.known.uid for step in plan.steps if step.known and step.known.uid}
    known = people.remembered()
    rows = [{"print": name, "member_uid": uid} for name, uid in prints.items()]
    for row in (
        row for row in rows if row["print"] in known and known[str(row["print"])] != row["member_uid"]
    ):
        session().execute(update(ImportedLine).where(ImportedLine.print == row["print"]).values(row))
    fresh = [row for row in rows if row["print"] not in known]
    if fresh:
        session().connection().execute(_LINES.insert(), fresh)
    run = ImportRun(
        file_name=file_name[:200],
        done_at=clock.now_ms(),
        created=created,
        filled=filled,
    )
    session().add(run)
    session().flush()
    return run


def runs(count: int = 5) -> Sequence[Any]:
    """Return the newest imports that were not taken back: uid, file_name, done_at."""
    # The whole run is heavy: it names everybody it brought.
    query = select(ImportRun.uid, ImportRun.file_name, ImportRun.done_at).where(ImportRun.undone_at.is_(None))
    return session().execute(query.order_by(ImportRun.done_at.desc()).limit(count)).all()


def run_of_today() -> ImportRun | None:
    """Return the newest import of the day that was not taken back."""
    since = clock.midnight_ms(clock.today())
    query = select(ImportRun).where(ImportRun.undone_at.is_(None), ImportRun.done_at >= since)
    return session().scalars(query.order_by(ImportRun.done_at.desc()).limit(1)).first()


def undo(run_uid: uuid.UUID) -> int:
    """Take back an import: people it made leave the register, fields it filled are empty again.

    Those who already serve elsewhere (a training, a visit), and those whose card
    was corrected since, stay; their number is returned. Raises NotFound for an import already taken back.
    """
    run = session().get(ImportRun, run_uid)
    if run is None or run.undone_at is not None:
        raise NotFound(msg("Cet import a déjà été annulé."))
    created = [uuid.UUID(hex=text) for text in run.created]
    busy = services.serving(created)
    there = [member for member in queries.by_uids(created).values() if member.deleted_at is None]
    going = [one for one in there if one.uid not in busy and _print(_told(one)) == run.created[one.uid.hex]]
    now = clock.stamp()
    for member in going:
        member.deleted_at = now
    _empty(run.filled)
    run.undone_at = clock.now_ms()
    session().flush()
    return len(there) - len(going)


def _empty(filled: Filled) -> None:
    """Empty again what the import filled, unless somebody changed it since."""
    for uid, member in queries.by_uids(map(uuid.UUID, filled)).items():
        for name, value in filled[uid.hex].items():
            if name.startswith(_CONSENT):
                _unsay(member, Purpose(name.removeprefix(_CONSENT)), value)
            elif own.is_own(name):
                own.unsay(member, name, value)
            elif plain(getattr(member, name)) == value:
                setattr(member, name, _BLANK.get(name))


def _unsay(member: Member, purpose: Purpose, value: list[Any]) -> None:
    """Take an answer back, unless she said something else since: a withdrawal stays."""
    said = queries.consents_of(member.uid).get(purpose)
    if said is not None and plain([said.granted, said.on_date]) == value:
        services.unsay(member, purpose)

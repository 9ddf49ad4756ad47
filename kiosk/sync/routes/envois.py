"""« Envois »: what waits, what the centre has, what it holds back, and « Synchroniser »."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.config import Settings
from kiosk.language import Message, msg
from kiosk.storage import clock, session
from kiosk.storage.log import REJECTED
from kiosk.sync import diagnoses, differences, keyfile, leaving, status, wake, words
from kiosk.sync.blobs import status as file_status
from kiosk.sync.status import Status, Waiting, Withheld
from kiosk.sync.trouble import Trouble
from kiosk.web import doubts
from kiosk.web.addresses import safe_path
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right
from kiosk.web.steady import steady

_PATIENCE, _STEP = 2.5, 0.1


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/envois")(index)
    blueprint.post("/envois/synchroniser")(synchronise)


def badge() -> int:
    """Return how many changes wait, for the menu."""
    return status.waiting_count()


def coming() -> int | None:
    """Return how many rows a machine that takes over waits for."""
    from kiosk.sync import rebuild  # it asks the centre, and brings what speaks to it

    return rebuild.coming(session().connection(), _settings(current_app).data)


def centre_address() -> str:
    """Return the centre's address, '' for a machine that has none."""
    try:
        return keyfile.load(_settings(current_app).data).centre
    except Trouble:
        return ""


def _settings(app: Flask) -> Settings:
    return cast(Settings, app.config["SETTINGS"])


@dataclass(frozen=True)
class Line:
    """One line of « Ce qui attend »."""

    icon: str
    label: str
    count: int
    size: int


@needs(Right.SYNC)
def index() -> str:
    """Show the state of the sending, what is held and why, and the data used."""
    price = _settings(current_app).price_per_mb
    now = status.current()
    return render_template(
        "sync/index.html",
        status=now,
        waiting=_lines(status.waiting_by_table()),
        withheld=_kept_back(status.withheld()),
        files=file_status.files(_settings(current_app).data),
        left=leaving.kept(session().connection()),
        to_weigh=steady(("to_weigh", clock.today()), lambda: len(differences.cases()) + len(doubts.every())),
        told=diagnoses.last(),
        past=status.last_exchanges(),
        days=status.bytes_by_day(),
        cost=round(now.bytes_month * price / 1_000_000),
        price=price,
    )


def _lines(found: Iterable[Waiting]) -> list[Line]:
    """Add up the tables that a person calls by one name."""
    lines: dict[str, Line] = {}
    for one in found:
        named = words.name_of(one.tab)
        label = str(named.label)
        before = lines.get(label, Line(named.icon, label, 0, 0))
        lines[label] = Line(named.icon, label, before.count + one.count, before.size + one.size)
    return sorted(lines.values(), key=lambda line: -line.count)


@dataclass(frozen=True)
class KeptBack:
    """One line of « À vérifier »: changes of one kind held or refused for one reason."""

    icon: str
    label: str
    rejected: bool
    why: Message
    count: int


def _kept_back(found: Iterable[Withheld]) -> list[KeptBack]:
    """Add up what a person calls by one name and what stops for one reason, most first."""
    counts: Counter[tuple[str, str, bool, str]] = Counter()
    for one in found:
        named = words.name_of(one.tab)
        counts[named.icon, str(named.label), one.state == REJECTED, one.reason] += one.count
    return [KeptBack(*what[:3], words.why(what[3]), count) for what, count in counts.most_common()]


@needs(Right.SYNC)
def synchronise() -> Response:
    """Wake the worker, and wait a moment for what it has to say."""
    if status.current().enrolled:
        last = status.last_id()
        _ask(_settings(current_app).data)
        _say(_after(last))
    return redirect(safe_path(request.form.get("suite"), url_for(".index")), 303)


def _ask(data: Path) -> None:
    """Ring; where no worker listens, exchange once in a process of its own."""
    if not wake.ring(data):
        command = [sys.executable, "-m", "kiosk", "--data", str(data), "sync"]
        quiet = subprocess.DEVNULL
        child = subprocess.Popen(command, stdout=quiet, stderr=quiet, stdin=quiet, start_new_session=True)
        threading.Thread(target=child.wait, daemon=True).start()


def _after(last: int) -> Status:
    until = clock.monotonic() + _PATIENCE
    while clock.monotonic() < until:
        session().rollback()
        if status.last_id() != last:
            break
        threading.Event().wait(_STEP)
    session().rollback()
    return status.current()


def _say(now: Status) -> None:
    trouble = words.trouble(now.trouble)
    if now.running or (trouble is None and now.waiting):
        done(msg("L’envoi est en cours."), kind="info")
    elif trouble is not None:
        done(trouble, kind="wait")
    else:
        done(msg("Tout est envoyé."))

"""What comes by hand: the coordination's stick, and anybody's file at the carriers' door."""

import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from kiosk.central import courier, courier_end, receipts
from kiosk.central.courier import Taken
from kiosk.central.gate import LARGEST, Crowded, Gate
from kiosk.central.routes.machines import exchange
from kiosk.config import Settings
from kiosk.language import msg
from kiosk.storage import Refusal, Store
from kiosk.sync.bundle import seal, stick, trouble
from kiosk.sync.bundle.trouble import Carried
from kiosk.sync.forms import BroughtForm
from kiosk.web.forms import is_submitted_ok
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right
from kiosk.web.security import ForMachines

log = logging.getLogger("kiosk.central")
Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]
_GATE = "kiosk.gate"


def add_to(blueprint: Blueprint) -> None:
    """Put the coordination's and the carriers' pages under a blueprint."""
    blueprint.add_url_rule("/kiosques/cle-usb", "by_hand", by_hand, methods=["GET", "POST"])
    blueprint.post("/kiosques/cle-usb/lire")(read_stick)
    blueprint.post("/kiosques/cle-usb/copier")(write_stick)
    blueprint.get("/kiosques/reponse/<token>.kse")(answer_file)
    blueprint.add_url_rule("/porteur", "carrier", carrier, methods=["GET", "POST"])
    blueprint.get("/porteur/<token>.kse")(carried_answer)


def register(app: Flask) -> None:
    """Set a gate before the door that asks for no name."""
    app.extensions[_GATE] = Gate()


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _store() -> Store:
    found: Store = current_app.extensions["store"]
    return found


@needs(Right.COORDINATE)
def by_hand() -> Answer:
    """Show the sticks plugged into this machine and the answers made; take files that were brought."""
    form = BroughtForm()
    if is_submitted_ok(form):
        _say(form.files.data)
        return redirect(url_for("central.by_hand"), 303)
    page = render_template(
        "central/by_hand.html",
        form=form,
        sticks=stick.sticks(_settings().usb_dir),
        receipts=receipts.newest(),
        missing=None if seal.is_there() else trouble.NoSealing.text,
    )
    return page, 422 if form.is_submitted() else 200


def _say(files: Iterable[FileStorage]) -> None:
    try:
        with _spooled(files) as paths:
            for one in courier.take_files(paths, _settings().data):
                done(courier_end.said(one))
    except Refusal as refusal:
        done(refusal.message, kind="wait")


@contextmanager
def _spooled(files: Iterable[FileStorage]) -> Iterator[list[Path]]:
    """Keep files on the disk for as long as they are read."""
    paths = []
    try:
        for file in files:
            paths.append(_settings().spool / f"{secrets.token_hex(8)}.KSE")
            file.save(paths[-1])
        yield paths
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


@needs(Right.COORDINATE)
def read_stick() -> Response:
    """Read a stick that is plugged into this machine, and leave the answers on it."""
    try:
        place = stick.named(request.form.get("cle", ""), _settings().usb_dir).path
        found, stuck = courier_end.read(_store(), _settings().data, place)
    except Refusal as refusal:
        done(refusal.message, kind="wait")
        return redirect(url_for("central.by_hand"), 303)
    for one in found:
        done(courier_end.said(one))
    if stuck is None:
        done(msg("La réponse est sur la clé. Vous pouvez la retirer."))
    else:
        done(stuck.message, kind="wait")
    return redirect(url_for("central.by_hand"), 303)


@needs(Right.COORDINATE)
def write_stick() -> Response:
    """Write the answers of every kiosk that sends by hand to a stick."""
    try:
        place = stick.named(request.form.get("cle", ""), _settings().usb_dir).path
        courier_end.write(_store(), _settings().data, place)
    except Refusal as refusal:
        done(refusal.message, kind="wait")
    else:
        done(msg("Les réponses sont sur la clé. Vous pouvez la retirer."))
    return redirect(url_for("central.by_hand"), 303)


@needs(Right.COORDINATE)
def answer_file(token: str) -> Response:
    """Give a sealed answer as a file."""
    return _file(token)


def carried_answer(token: str) -> Response:
    """Give a sealed answer to who has just brought the bundle: only the kiosk can read it."""
    return _file(token)


def _file(token: str) -> Response:
    found = courier.receipt(token)
    if found is None:
        abort(404)
    name, body = found
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, mimetype="application/octet-stream", headers=headers)


def carrier() -> Answer:
    """Take a bundle from anybody who carries one, and give the answer to carry back."""
    form = BroughtForm()
    if not is_submitted_ok(form):
        return _door(form, status=422 if form.is_submitted() else 200)
    try:
        with _gate(), _spooled(form.files.data) as paths:
            return _door(form, courier.take_files(paths, _settings().data))
    except Crowded as crowded:
        return *_door(form, wrong=_CROWDED, status=429), {"Retry-After": str(crowded.after)}
    except Carried as refusal:
        return _door(form, wrong=refusal.message, status=422)


_CROWDED = msg("Beaucoup d’envois arrivent. Attendez un moment, puis recommencez.")


def _door(
    form: BroughtForm, taken: Iterable[Taken] = (), wrong: object = None, status: int = 200
) -> tuple[str, int]:
    return render_template("central/carrier.html", form=form, taken=list(taken), wrong=wrong), status


def _gate() -> AbstractContextManager[None]:
    gate: Gate = current_app.extensions[_GATE]
    return gate.through(request.remote_addr or "")


@exchange.post("/bundle")
def take_bundle() -> ForMachines:
    """`POST /sync/v1/bundle`: a bundle from any courier; its answer, sealed, comes back (202)."""
    request.max_content_length = LARGEST
    path = _settings().spool / f"{secrets.token_hex(8)}.KSE"
    try:
        with _gate():
            with path.open("wb") as file:
                while part := request.stream.read(1 << 16):
                    file.write(part)
            (taken, *_) = courier.take_files([path], _settings().data)
    except Crowded as crowded:
        return ForMachines(status=429, headers={"Retry-After": str(crowded.after)})
    except Carried as refusal:
        return ForMachines(str(refusal), 422)
    finally:
        path.unlink(missing_ok=True)
    named = {"Content-Disposition": f'attachment; filename="{taken.file_name}"'}
    return ForMachines(taken.body, 202, named)

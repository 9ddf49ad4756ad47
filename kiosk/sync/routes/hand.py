"""« Clé USB »: copying what waits, reading what the centre answered, on a stick or through a phone."""

import logging
import secrets
import threading
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from kiosk.config import Settings
from kiosk.storage import Refusal, Store, session
from kiosk.sync import status
from kiosk.sync.blobs import status as file_status
from kiosk.sync.blobs.status import Heap
from kiosk.sync.bundle import carry, ready, stick, trouble
from kiosk.sync.forms import BroughtForm
from kiosk.web.forms import is_submitted_ok
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

log = logging.getLogger("kiosk.sync")
_PATIENCE = 2.0


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.add_url_rule("/envois/cle-usb", "by_hand", by_hand, methods=["GET", "POST"])
    blueprint.post("/envois/cle-usb/copier")(copy_to_stick)
    blueprint.post("/envois/cle-usb/lire")(read_stick)
    blueprint.get("/envois/cle-usb/envoi.kse")(as_file)


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _store() -> Store:
    found: Store = current_app.extensions["store"]
    return found


@needs(Right.SYNC)
def by_hand() -> str | Answer | tuple[str, int]:
    """Show the sticks, what would be copied and how the last copy went; take files that were brought."""
    form = BroughtForm()
    if is_submitted_ok(form):
        _read_brought(form.files.data)
        return redirect(url_for("sync.by_hand"), 303)
    return _page(form), 422 if form.is_submitted() else 200


def _page(form: BroughtForm) -> str:
    data = _settings().data
    plugged = stick.sticks(_settings().usb_dir)
    copies, running = carry.last(4), carry.is_running(data)
    return render_template(
        "sync/by_hand.html",
        form=form,
        state=ready.state(data),
        sticks=plugged,
        count=status.waiting_count(),
        size=_expected(),
        files=_files(),
        running=copies[0] if running and copies else None,
        last=copies[0] if copies and not running and copies[0].is_fresh else None,
        copies=copies,
        said=trouble.sentence,
    )


def _expected() -> int:
    """About how many bytes the changes take, 0 where no copy can be made."""
    from kiosk.sync.bundle import outgoing

    try:
        return outgoing.Outgoing(_store(), _settings().data, _settings().version).expected()
    except Refusal:
        return 0


def _files() -> Heap:
    """The photos and files that a stick takes along: what the network would carry, and what it may not."""
    found = file_status.files(_settings().data)
    out, heavy = found.out, found.out_by_hand
    return Heap(out.count + heavy.count, out.size + heavy.size)


@needs(Right.SYNC)
def copy_to_stick() -> Answer:
    """Copy in the background; a small copy is done when the page comes back."""
    try:
        target = stick.named(request.form.get("cle", ""), _settings().usb_dir).path
        if carry.is_running(_settings().data):
            raise trouble.Busy
    except Refusal as refusal:
        done(refusal.message, kind="wait")
        return redirect(url_for("sync.by_hand"), 303)
    about = (_store(), _settings().data, target, _settings().version)
    session().rollback()
    thread = threading.Thread(target=_copy, args=about, daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return redirect(url_for("sync.by_hand"), 303)


def _copy(store: Store, data: Path, target: Path, version: str) -> None:
    from kiosk.sync.bundle import outgoing

    try:
        outgoing.write(store, data, target, version)
    except Refusal as refusal:
        log.info("copy stopped: %s", refusal)
    except Exception:
        log.exception("copy failed")


@needs(Right.SYNC)
def read_stick() -> Answer:
    """Read what the centre left on a stick."""
    try:
        place = stick.named(request.form.get("cle", ""), _settings().usb_dir).path
    except Refusal as refusal:
        done(refusal.message, kind="wait")
    else:
        _read([place])
    return redirect(url_for("sync.by_hand"), 303)


def _read_brought(files: Iterable[FileStorage]) -> None:
    """Read files that came through a phone: they lie in the spool only as long as that takes."""
    paths = []
    for file in files:
        paths.append(_settings().spool / f"{secrets.token_hex(8)}.KSE")
        file.save(paths[-1])
    try:
        _read(paths)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _read(places: Iterable[Path]) -> None:
    from kiosk.sync.bundle import incoming, kiosk_end

    for place in places:
        session().rollback()
        label = "" if place.is_dir() else carry.PHONE
        try:
            found = incoming.read(_store(), _settings().data, place, label)
        except Refusal as refusal:
            done(refusal.message, kind="wait")
            continue
        session().rollback()
        for line in kiosk_end.said_read(found):
            done(line)


@needs(Right.SYNC)
def as_file() -> Response | Answer:
    """Give the copy as a file, for a phone to carry where a link is."""
    from kiosk.sync.bundle import outgoing

    path = _settings().spool / f"{secrets.token_hex(8)}.KSE"
    session().rollback()
    try:
        written = outgoing.write(_store(), _settings().data, path, _settings().version, label=carry.PHONE)
        name = outgoing.name_of(path)
        log.info("%s changes given as a file", written.changes)
        content = path.read_bytes()
    except Refusal as refusal:
        done(refusal.message, kind="wait")
        return redirect(url_for("sync.by_hand"), 303)
    finally:
        path.unlink(missing_ok=True)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/octet-stream", headers=headers)

"""A member's photo: take it, see it, take it away. The staff of her space alone, on this machine alone."""

import uuid
from pathlib import Path
from typing import BinaryIO, cast

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import BooleanField

from kiosk.language import msg
from kiosk.members import photos, queries
from kiosk.members.models import Member
from kiosk.storage import Refusal, sealing, transaction
from kiosk.web.forms import Form, is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right


class PhotoForm(Form):
    """A photo taken now, or one that was taken before; and her word."""

    file = FileField(msg("Prendre la photo"))
    before = FileField(msg("Ou choisir une photo déjà prise"))
    agreed = BooleanField(msg("Cette personne est d’accord pour garder sa photo sur sa fiche."))

    def sent(self) -> BinaryIO:
        """Return the file that was sent. Raises Refusal where none was."""
        for field in (self.file, self.before):
            if isinstance(field.data, FileStorage) and field.data.filename:
                return cast(BinaryIO, field.data.stream)
        raise Refusal(msg("Prenez une photo, ou choisissez-en une."), "file")


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.add_url_rule("/membres/<uuid:uid>/photo", "photo", photo, methods=["GET", "POST"])
    blueprint.get("/membres/<uuid:uid>/photo.jpg")(photo_file)
    blueprint.post("/membres/<uuid:uid>/photo/retirer")(photo_away)


has_photos = photos.is_of_here


def sweep() -> None:
    """Look after the photos of this machine, at each start."""
    photos.sweep(_data())


def _data() -> Path:
    data: Path = current_app.config["SETTINGS"].data
    return data


def face(member: Member) -> str:
    """Return the address of a member's photo, '' where the reader has none to see."""
    if not current_user.can(Right.SEE_MEMBERS) or not photos.has(_data(), member):
        return ""
    return url_for("members.photo_file", uid=member.uid)


@needs(Right.EDIT_MEMBERS)
def photo(uid: uuid.UUID) -> str | Response | tuple[str, int]:
    """Ask for a photo of a person, and for her word."""
    member, form = photos.subject(uid), PhotoForm()
    agreed = photos.is_agreed(member)
    if is_submitted_ok(form):
        with refused(form) as outcome:
            drawn = photos.drawn(form.sent())
            with transaction():
                photos.agree(member, bool(form.agreed.data))
            photos.keep(_data(), member, drawn)
        if outcome.ok:
            done(msg("La photo est sur sa fiche. Elle reste sur cette machine."))
            return redirect(url_for("members.show", uid=uid), 303)
    shown = {"member": member, "form": form, "agreed": agreed, "locked": bool(sealing.lock_of(_data()))}
    minor = not queries.is_answered_for(member)
    return render_template("members/photo.html", **shown, minor=minor), 422 if form.errors else 200


@needs(Right.SEE_MEMBERS)
def photo_file(uid: uuid.UUID) -> Response:
    """Give a person's photo: a JPEG of our own drawing, which no browser may keep."""
    content = photos.of(_data(), queries.one(uid)).read_bytes()
    answer = Response(content, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return answer


@needs(Right.EDIT_MEMBERS)
def photo_away(uid: uuid.UUID) -> Response:
    """Take a photo away for good: her agreement goes with it."""
    member = photos.subject(uid)
    with transaction():
        photos.take_back(_data(), member)
    done(msg("Sa photo est effacée de cette machine."))
    return redirect(url_for("members.show", uid=uid), 303)

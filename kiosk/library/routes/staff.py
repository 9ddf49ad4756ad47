"""What staff do: sheets, files, withdrawing. Each act says what was done and can be undone."""

import io
import os
import uuid
from typing import BinaryIO, cast

from flask import current_app, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.library import kinds, queries, services, shown
from kiosk.library.forms import FileForm, MaterialForm
from kiosk.library.kinds import Type
from kiosk.library.models import Material
from kiosk.library.routes.counter import blueprint, domains, searched, store
from kiosk.library.vocabulary import Part
from kiosk.storage import Refusal, pictures, transaction
from kiosk.storage.files import Kept
from kiosk.web.forms import refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.rights import Right


@blueprint.get("/gestion")
@needs(Right.EDIT_LIBRARY)
def manage() -> str:
    """Show staff every material, its reads, and what is withdrawn."""
    words = searched()
    page = paginate(queries.staff_shelf(words), scalars=False)
    return render_template("library/manage.html", page=page, words=words)


@blueprint.route("/nouveau", methods=["GET", "POST"])
@needs(Right.EDIT_LIBRARY)
def new() -> str | Response | tuple[str, int]:
    """Fill the sheet of a new material, then go on to its file."""
    form = MaterialForm()
    form.offer(None, domains())
    if form.is_submitted() and form.validate():
        with refused(form) as outcome, transaction():
            made = services.add(form.card(), current_user.space_uid)
        if outcome.ok:
            done(msg("La fiche est faite. Ajoutez maintenant le fichier."))
            return redirect(url_for("library.files", slug=made.slug), 303)
    return render_template("library/sheet_form.html", form=form, one=None), 422 if form.errors else 200


@blueprint.route("/<slug>/modifier", methods=["GET", "POST"])
@needs(Right.EDIT_LIBRARY)
def edit(slug: str) -> str | Response | tuple[str, int]:
    """Correct the sheet of a material of this space."""
    one = services.editable(slug, current_user.space_uid)
    form = MaterialForm()
    form.offer(one, domains())
    if not form.is_submitted():
        form.show(one)
    elif form.validate():
        with refused(form) as outcome, transaction():
            services.edit(slug, form.card(), current_user.space_uid)
        if outcome.ok:
            done(msg("La fiche est enregistrée."))
            return redirect(url_for("library.files", slug=slug), 303)
    return render_template("library/sheet_form.html", form=form, one=one), 422 if form.errors else 200


@blueprint.route("/<slug>/fichiers", methods=["GET", "POST"])
@needs(Right.EDIT_LIBRARY)
def files(slug: str) -> str | Response | tuple[str, int]:
    """Show the files of a material of this space, and add one."""
    one = services.editable(slug, current_user.space_uid)
    form = FileForm()
    if form.is_submitted() and form.validate():
        with refused(form) as outcome:
            name = _receive(one, form)
        if outcome.ok:
            done(msg("Le fichier «\u00a0%(name)s\u00a0» est sur l’étagère.", name=name))
            return redirect(url_for("library.files", slug=slug), 303)
    kept = queries.files_of(one.uid)
    page = render_template("library/files.html", form=form, one=one, files=kept, has=store().has)
    return page, 422 if form.errors else 200


def _receive(one: Material, form: FileForm) -> str:
    """Recognise the uploaded file, keep it, then write its sheet; return the name it got."""
    sent = cast(FileStorage, form.file.data)
    head = sent.stream.read(kinds.HEAD)
    sent.stream.seek(0)
    kind = kinds.recognise(head, sent.filename or "")
    if kind is None:
        raise Refusal(shown.WRONG_TYPE, "file")
    if pictures.is_of_a_card(cast(BinaryIO, sent.stream)):
        raise Refusal(msg("Cette photo vient de la fiche d’un membre. Elle ne se publie pas."), "file")
    sent.stream.seek(0)
    part = Part(form.part.data)
    parts = _kept(cast(BinaryIO, sent.stream), kind, part)
    with transaction():
        owned = services.editable(one.slug, current_user.space_uid)
        made = [services.attach(owned, *which, sent.filename or "") for which in parts]
    return made[0].name


def _kept(stream: BinaryIO, kind: Type, part: Part) -> list[tuple[Part, Kept, Type]]:
    """Keep an uploaded file; of a heavy picture a light copy, and its original beside it.

    A cover is shown small: its original is not kept.
    """
    most: int = current_app.config["SETTINGS"].max_upload
    size = stream.seek(0, os.SEEK_END)
    heavy = part in (Part.MAIN, Part.POSTER) and kind in kinds.STILL and pictures.is_heavy(size)
    light = pictures.lighter(stream) if heavy else None
    stream.seek(0)
    if light is None or len(light) >= size:
        return [(part, store().keep(stream, most), kind)]
    first = (part, store().keep(io.BytesIO(light), most), kinds.JPEG)
    return [first] if part == Part.POSTER else [first, (Part.ORIGINAL, store().keep(stream, most), kind)]


@blueprint.post("/<slug>/fichiers/<uuid:uid>/retirer")
@needs(Right.EDIT_LIBRARY)
def detach(slug: str, uid: uuid.UUID) -> Response:
    """Take a file away, with undo."""
    with transaction():
        services.detach(uid, current_user.space_uid)
    done(msg("Le fichier est retiré."), undo=url_for("library.reattach", slug=slug, uid=uid))
    return redirect(url_for("library.files", slug=slug), 303)


@blueprint.post("/<slug>/fichiers/<uuid:uid>/remettre")
@needs(Right.EDIT_LIBRARY)
def reattach(slug: str, uid: uuid.UUID) -> Response:
    """Give the file back."""
    with transaction():
        services.reattach(uid, current_user.space_uid)
    done(msg("Le fichier est remis."))
    return redirect(url_for("library.files", slug=slug), 303)


@blueprint.post("/<slug>/retirer")
@needs(Right.EDIT_LIBRARY)
def withdraw(slug: str) -> Response:
    """Take a material off the shelves, with undo."""
    with transaction():
        one = services.withdraw(slug, current_user.space_uid)
    words = msg("«\u00a0%(title)s\u00a0» n’est plus sur les étagères.", title=one.title)
    done(words, undo=url_for("library.put_back", slug=slug))
    return redirect(url_for("library.manage"), 303)


@blueprint.post("/<slug>/remettre")
@needs(Right.EDIT_LIBRARY)
def put_back(slug: str) -> Response:
    """Put a material back on the shelves."""
    with transaction():
        one = services.put_back(slug, current_user.space_uid)
    done(msg("«\u00a0%(title)s\u00a0» est sur les étagères.", title=one.title))
    return redirect(url_for("library.manage"), 303)

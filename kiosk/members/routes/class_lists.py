"""A class list brought into a group: read by the importer, seen line by line, then written."""

import re
import uuid
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg, nmsg
from kiosk.members.groups import queries, services
from kiosk.members.routes import imports
from kiosk.members.routes.group_forms import ListForm
from kiosk.members.routes.imports import Answer
from kiosk.members.routes.sight import reader
from kiosk.storage import Refusal, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

_BETWEEN = ";,\t"
_BEFORE = re.compile(r"^\s*(?:\d{1,3}\s*[.)°/:-]+|\d{1,3}\s|[-–—•*]+)\s*")


def add_to(blueprint: Blueprint) -> None:
    """Put this page under a blueprint."""
    rule = "/membres/groupes/<uuid:uid>/liste"
    blueprint.add_url_rule(rule, "group_list", group_list, methods=["GET", "POST"])


@needs(Right.EDIT_MEMBERS)
def group_list(uid: uuid.UUID) -> Answer:
    """Take a class list in; the next page shows what will happen, person by person."""
    from kiosk.members.importer import spool

    group, form = queries.find(uid), ListForm()
    if is_submitted_ok(form):
        with refused(form) as outcome:
            token = _keep(form, group.uid)
            try:
                page = imports.first_page(token)
            except Refusal:
                spool.drop(imports.folder(), token)
                raise
        if outcome.ok:
            return redirect(url_for(page, token=token), 303)
    page = render_template("members/group_list.html", form=form, group=group)
    return page, 422 if form.is_submitted() else 200


def _keep(form: ListForm, group: uuid.UUID) -> str:
    from kiosk.members.importer import spool

    if form.file.data:
        name, save, above = Path(form.file.data.filename or "liste").name[:120], form.file.data.save, 0
    elif form.lines.data:
        text, above = _titled(form.lines.data)
        name, save = str(msg("liste collée")), lambda path: path.write_text(text, encoding="utf-8")
    else:
        raise Refusal(msg("Choisissez un fichier, ou collez la liste."), "file")
    waiting = spool.Waiting(name, str(reader().uid), "", group.hex, above)
    return spool.keep(imports.folder(), waiting, save)


def _titled(lines: str) -> tuple[str, int]:
    """Give plain names the titles they lack, and say how many lines of ours stand above theirs.

    A list of several columns brings its own. The number or dash that a list written in a
    message puts before each name is no part of it; an empty line keeps its place.
    """
    if any(sign in lines for sign in _BETWEEN):
        return lines, 0
    people = (_BEFORE.sub("", line).replace('"', "").strip() for line in lines.splitlines())
    told = (f"{at};{name}" if name else "" for at, name in enumerate(people, 1))
    return "\n".join(["N°;Prénom et nom", *told]), 1


def written(token: str, group: str) -> Response:
    """Put everybody of a list just written into its group; the lines left out stay to be corrected."""
    from kiosk.members.importer import spool
    from kiosk.members.importer.plan import Outcome

    seen = imports.work(token, "look", first=0, count=services.MOST_AT_ONCE)
    people = [step.known.uid for step in seen.steps if step.known and step.known.uid]
    uid = uuid.UUID(hex=group)
    with transaction():
        fresh = services.put_in(queries.find(uid), people)
    said = nmsg("%(n)s personne est dans le groupe.", "%(n)s personnes sont dans le groupe.", len(fresh))
    done(
        said,
        undo=url_for("members.take_out_of_group", uid=uid, m=[one.hex for one in fresh]) if fresh else None,
    )
    if seen.counts[Outcome.WRONG]:
        _path, waiting = spool.find(imports.folder(), token, str(reader().uid))
        spool.say(imports.folder(), token, replace(waiting, written=True))
        return redirect(url_for("members.preview", token=token, suite=Outcome.WRONG), 303)
    spool.drop(imports.folder(), token)
    return redirect(url_for("members.group", uid=uid), 303)

"""The pages of groups: the list, one group, its people, a class list brought at once."""

import uuid
from functools import partial

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import msg, nmsg
from kiosk.members import phones
from kiosk.members import queries as members
from kiosk.members.groups import queries, services
from kiosk.members.groups.models import MemberGroup
from kiosk.members.routes.group_forms import GroupForm
from kiosk.members.routes.imports import Answer
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.storage import Refusal, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.groups import Group
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.rights import Right

_reads, _writes = needs(Right.SEE_MEMBERS), needs(Right.EDIT_MEMBERS)
_PAGE = "/membres/groupes/<uuid:uid>"


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.add_url_rule("/membres/groupes", "groups", _reads(index))
    blueprint.add_url_rule(_PAGE, "group", _reads(show))
    for rule, name, view, methods in (
        ("/membres/groupes/nouveau", "new_group", new, ["GET", "POST"]),
        (f"{_PAGE}/modifier", "edit_group", edit, ["GET", "POST"]),
        (f"{_PAGE}/ajouter", "add_to_group", add, ["GET", "POST"]),
        (f"{_PAGE}/sortir", "take_out_of_group", take_out, ["POST"]),
        (f"{_PAGE}/remettre", "put_back_in_group", put_back, ["POST"]),
        (f"{_PAGE}/<any(ranger,rouvrir):act>", "put_aside", put_aside, ["POST"]),
    ):
        blueprint.add_url_rule(rule, name, _writes(view), methods=methods)


def here() -> uuid.UUID:
    """Return the space of this machine; groups are kept in a space."""
    found = places.here_uid()
    if found is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    return found


def index() -> str:
    """List the groups, those put aside behind a link."""
    aside = request.args.get("ranges") == "1"
    found = queries.groups(here(), active=not aside)
    return render_template("members/groups.html", groups=found, aside=aside, edits=_edits())


def _edits() -> bool:
    return bool(current_user.can(Right.EDIT_MEMBERS))


def new() -> Answer:
    """Open a group or a class."""
    form = _offered(GroupForm())
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.open_group(here(), form.card())
        if outcome.ok:
            done(msg("Le groupe est ouvert. Ajoutez ses personnes."))
            return _to(made.uid)
    return _form(form)


def _offered(form: GroupForm) -> GroupForm:
    known = [(one.uid.hex, one.name) for one in partners.organisations()]
    form.organisation.choices = [("", msg("Aucune organisation")), *known]
    return form


def _form(form: GroupForm, group: MemberGroup | None = None) -> Answer:
    return render_template("members/group_form.html", form=form, group=group), 422 if form.errors else 200


def _to(uid: uuid.UUID) -> Response:
    return redirect(url_for("members.group", uid=uid), 303)


def edit(uid: uuid.UUID) -> Answer:
    """Correct what a group says of itself."""
    group = queries.find(uid)
    kept = group.organisation_uid.hex if group.organisation_uid else ""
    form = _offered(GroupForm(obj=group, data={"organisation": kept}))
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change_group(queries.find(uid), form.card())
        if outcome.ok:
            done(msg("Le groupe est corrigé."))
            return _to(uid)
    return _form(form, group)


def show(uid: uuid.UUID) -> str:
    """Show a group and who is in it."""
    group = queries.find(uid)
    school = partners.organisation(group.organisation_uid) if group.organisation_uid else None
    return render_template(
        "members/group.html",
        group=group,
        page=paginate(queries.listing(uid)),
        kind=queries.kind_word(group.kind),
        school=school,
        phone=phones.shown(group.contact_phone),
        panels=[part(group) for part in current_app.extensions.get("group_panels", ())],
        edits=_edits(),
    )


def add(uid: uuid.UUID) -> Answer:
    """Find people by half a name or a card, tick them, put them in at once."""
    group, words = queries.find(uid), request.args.get("q", "")[:80]
    if request.method == "POST":
        return _add(uid)
    found = members.find(words, 30, here()) if words else []
    inside = set(queries.those_in(uid)) if found else set()
    return render_template("members/group_add.html", group=group, words=words, found=found, inside=inside)


def _add(uid: uuid.UUID) -> Response:
    people = _ids(request.form.getlist("m"))
    if not people:
        done(msg("Cochez au moins une personne."), kind="wait")
        return redirect(url_for("members.add_to_group", uid=uid), 303)
    with transaction():
        fresh = services.put_in(queries.find(uid), people)
    said = nmsg("%(n)s personne est dans le groupe.", "%(n)s personnes sont dans le groupe.", len(fresh))
    undo = url_for("members.take_out_of_group", uid=uid, m=[one.hex for one in fresh]) if fresh else None
    done(said if fresh else msg("Ces personnes y étaient déjà."), undo=undo)
    return redirect(url_for("members.add_to_group", uid=uid), 303)


def _ids(texts: list[str]) -> list[uuid.UUID]:
    found = []
    for text in texts[: services.MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(hex=text))
        except ValueError:
            continue
    return found


def take_out(uid: uuid.UUID) -> Response:
    """Take people out of a group: one by her line, or those just put in."""
    people = _ids([*request.form.getlist("m"), *request.args.getlist("m")])
    with transaction():
        count = services.take_out(queries.find(uid), people)
    undo = url_for("members.put_back_in_group", uid=uid, m=[one.hex for one in people]) if count else None
    done(nmsg("La personne est sortie du groupe.", "%(n)s personnes sont sorties du groupe.", count), undo)
    return _to(uid)


def put_back(uid: uuid.UUID) -> Response:
    """Put back those who were taken out."""
    with transaction():
        services.put_in(queries.find(uid), _ids(request.args.getlist("m")))
    done(msg("La personne est de nouveau dans le groupe."))
    return _to(uid)


def put_aside(uid: uuid.UUID, act: str) -> Response:
    """Propose a group no more, or again."""
    with transaction():
        services.put_aside(queries.find(uid), act == "ranger")
    if act == "ranger":
        done(msg("Le groupe est rangé."), undo=url_for("members.put_aside", uid=uid, act="rouvrir"))
        return redirect(url_for("members.groups"), 303)
    done(msg("Le groupe est de nouveau proposé."))
    return _to(uid)


def offered() -> list[Group]:
    """Return the groups whose cards may be printed at once."""
    return [_offer(line) for line in queries.groups(places.here_uid()) if line.people]


def _offer(line: queries.GroupLine) -> Group:
    note = nmsg("%(n)s personne", "%(n)s personnes", line.people)
    return Group(f"groupe-{line.uid.hex}", line.name, note, partial(queries.those_in, line.uid))


def panel(member_uid: uuid.UUID) -> Markup:
    """Return the card of the groups somebody is in, empty without one."""
    found = queries.groups_of(member_uid) if current_user.can(Right.SEE_MEMBERS) else []
    if not found:
        return Markup()
    return Markup(render_template("members/_groups.html", groups=found))  # noqa: S704 - a template of ours

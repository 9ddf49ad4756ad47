"""The directory of collectives and NGOs, and the pages that keep it."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.accounts import queries as accounts
from kiosk.accounts import services as staff
from kiosk.language import msg
from kiosk.partners import queries, services
from kiosk.partners.forms import KIND_WORDS, AuthorForm, OrganisationForm
from kiosk.partners.models import Kind, Organisation
from kiosk.partners.queries import Where
from kiosk.places import queries as places
from kiosk.storage import clock, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.rights import Right

Answer = str | Response | tuple[str, int]
_guard = needs(Right.MANAGE_SPACE, Right.COORDINATE)


def add_to(blueprint: Blueprint) -> None:
    """Hang these pages on the room's blueprint."""
    blueprint.add_url_rule("/collectifs", view_func=directory)
    blueprint.add_url_rule("/collectifs/<uuid:uid>", view_func=organisation)
    for rule, view, methods in (
        ("/collectifs/auteurs", authors, ["GET"]),
        ("/collectifs/nouveau", new, ["GET", "POST"]),
        ("/collectifs/<uuid:uid>/fiche", edit, ["GET", "POST"]),
        ("/collectifs/<uuid:uid>/retirer", remove, ["POST"]),
        ("/collectifs/<uuid:uid>/remettre", restore, ["POST"]),
        ("/collectifs/<uuid:uid>/auteurs", attach, ["POST"]),
        ("/collectifs/<uuid:uid>/auteurs/<uuid:author>/detacher", detach, ["POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, _guard(view), methods=methods)


def _where() -> Where:
    asked = request.args.get("ou", "")
    return Where(asked) if asked in set(Where) else Where.ALL


def directory() -> str:
    """Show the tree to everybody, with its counts."""
    where = _where()
    return render_template(
        "partners/directory.html", directory=queries.directory(where), where=where, kinds=KIND_WORDS
    )


def organisation(uid: uuid.UUID) -> str:
    """Show one organisation and those below it."""
    branch = queries.branch(uid)
    if branch is None:
        abort(404)
    one = branch.organisation
    above = queries.organisation(one.parent_uid) if one.parent_uid else None
    writers = [who for who in accounts.authors() if who.organisation_uid == uid] if _keeps() else []
    return render_template(
        "partners/organisation.html",
        branch=branch,
        one=one,
        above=above,
        kinds=KIND_WORDS,
        place=places.commune(one.commune, clock.today()),
        keeps=_keeps() and one.space_uid == current_user.space_uid,
        writers=writers,
        form=_author_form(uid) if _keeps() else None,
        panels=[panel(uid) for panel in current_app.extensions.get("organisation_panels", ())],
    )


def _keeps() -> bool:
    return bool(current_user.can(Right.MANAGE_SPACE) or current_user.can(Right.COORDINATE))


def authors() -> str:
    """Show the authors of each collective; the filter keeps those outside Bamako."""
    where = _where()
    return render_template(
        "partners/authors.html", collectives=queries.authors_by_collective(where), where=where
    )


def new() -> Answer:
    """Add an organisation; the link of a collective proposes it as parent."""
    form = OrganisationForm(parent=request.args.get("membre_de", ""), kind=request.args.get("sorte"))
    _offer(form, None)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            made = services.add_organisation(_card(form), current_user.space_uid)
        if outcome.ok:
            done(msg("%(name)s est dans l’annuaire.", name=form.name.data))
            return redirect(url_for(".organisation", uid=made.uid), 303)
    return _page(form, None)


def _page(form: OrganisationForm, one: Organisation | None) -> tuple[str, int]:
    page = render_template("partners/edit.html", form=form, one=one)
    return page, 422 if request.method == "POST" else 200


def _offer(form: OrganisationForm, but: uuid.UUID | None) -> None:
    above = [one for one in queries.organisations() if one.kind != Kind.NGO and one.uid != but]
    parents = [(one.uid.hex, one.name) for one in above]
    form.parent.choices = [("", msg("Aucune organisation")), *parents]
    form.commune.choices = {"": [("", msg("Choisissez"))], **places.commune_choices()}


def _card(form: OrganisationForm) -> services.OrganisationCard:
    return services.OrganisationCard(
        kind=Kind(form.kind.data),
        name=form.name.data,
        parent_uid=form.parent_uid(),
        place=form.place.data,
        commune=form.commune.data,
        phone=form.phone.data,
    )


def edit(uid: uuid.UUID) -> Answer:
    """Correct the card of an organisation of one's own."""
    one = services.own_organisation(uid, current_user.space_uid)
    form = OrganisationForm(obj=one, data={"parent": one.parent_uid.hex if one.parent_uid else ""})
    _offer(form, uid)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.change_organisation(uid, _card(form), current_user.space_uid)
        if outcome.ok:
            done(msg("La fiche est à jour."))
            return redirect(url_for(".organisation", uid=uid), 303)
    return _page(form, one)


def remove(uid: uuid.UUID) -> Response:
    """Take an organisation off the directory."""
    with transaction():
        one = services.remove_organisation(uid, current_user.space_uid)
    done(msg("%(name)s n’est plus dans l’annuaire.", name=one.name), url_for(".restore", uid=uid))
    return redirect(url_for(".directory"), 303)


def restore(uid: uuid.UUID) -> Response:
    """Put it back."""
    with transaction():
        one = services.restore_organisation(uid, current_user.space_uid)
    done(msg("%(name)s est de retour.", name=one.name))
    return redirect(url_for(".organisation", uid=uid), 303)


def _author_form(uid: uuid.UUID) -> AuthorForm:
    form = AuthorForm()
    free = [who for who in _my_authors() if who.organisation_uid != uid]
    form.author.choices = [("", msg("Choisissez")), *((who.uid.hex, who.name) for who in free)]
    return form


def _my_authors() -> list[accounts.Colleague]:
    return [who for who in accounts.authors() if who.space_uid == current_user.space_uid]


def attach(uid: uuid.UUID) -> Answer:
    """Say that an author of one's team writes for this organisation."""
    if queries.branch(uid) is None:
        abort(404)
    form = _author_form(uid)
    if not is_submitted_ok(form):
        return organisation(uid), 422
    with transaction():
        who = staff.attach(uuid.UUID(hex=form.author.data), uid)
    undo = url_for(".detach", uid=uid, author=who.uid)
    done(msg("%(name)s écrit pour cette organisation.", name=who.name), undo)
    return redirect(url_for(".organisation", uid=uid), 303)


def detach(uid: uuid.UUID, author: uuid.UUID) -> Response:
    """Say that an author does not write for this organisation any more."""
    if author not in {who.uid for who in _my_authors()}:
        abort(404)
    with transaction():
        who = staff.attach(author, None)
    done(msg("%(name)s n’écrit plus pour cette organisation.", name=who.name))
    return redirect(url_for(".organisation", uid=uid), 303)

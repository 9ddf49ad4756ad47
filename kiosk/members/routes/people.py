"""List, register, show, amend: the pages of one space's people."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.members import amending, facts, minors, phones, queries, seen, services, vocabulary
from kiosk.members.alike import may_be
from kiosk.members.fields import own
from kiosk.members.forms import AT_FIRST, MINOR, MORE, PLAIN, SHARED, MemberForm, NewMemberForm
from kiosk.members.models import Member
from kiosk.members.routes import above, asking
from kiosk.members.routes.lines import people
from kiosk.members.routes.sieve import sieve
from kiosk.members.routes.sight import READERS, may_ask, reader, searched
from kiosk.members.seen import Met
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock, transaction
from kiosk.web import kept
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done
from kiosk.web.paging import paginate
from kiosk.web.printing import qr
from kiosk.web.rights import Right
from kiosk.web.steady import steady

Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    blueprint.get("/membres")(index)
    blueprint.add_url_rule("/membres/nouveau", "new", new, methods=["GET", "POST"])
    blueprint.get("/membres/<uuid:uid>")(show)
    blueprint.add_url_rule("/membres/<uuid:uid>/modifier", "edit", edit, methods=["GET", "POST"])
    blueprint.post("/membres/<uuid:uid>/retirer")(take_out)
    blueprint.post("/membres/<uuid:uid>/remettre")(take_in)


@needs(*READERS)
def index() -> Answer:
    """List the members, or those whom half-typed words find."""
    who, words, asks = reader(), request.args.get("q", "")[:80], may_ask()
    if who.sees_names and queries.card_like(words.strip()) and len(met := queries.find(words, 2)) == 1:
        # A card was read, by a scanner or by eye: her page is wanted, unless two people bear the number.
        return redirect(url_for("members.show", uid=met[0].uid), 303)
    spaces = [] if who.sees_names else places.spaces()
    chosen = next((one for one in spaces if one.code == request.args.get("espace")), None)
    # Visitors of other spaces may be here: the list is of this space's people.
    space_uid = chosen.uid if chosen else steady("here", places.here_uid)
    found = queries.in_lines(searched(words, who), space_uid, by_card=not who.sees_names)
    sifted = sieve(space_uid, chosen.code if chosen else None)
    found = sifted.only.narrow(found, clock.today())
    known = None if words or sifted.only else above.everybody(space_uid)
    page = paginate(found, scalars=False, total=known)
    return render_template(
        "members/index.html",
        above=above.draw(above.Above(who, words, space_uid, page.total > 0, sifted, spaces, chosen)),
        page=page,
        words=words,
        who=who,
        space_names={one.uid: one.name for one in spaces},
        people=people,
        asks=asks,
        actions=kept.part(asks, above.STEADY, "actions", lambda: (asks,)) if who.edits else "",
        sieve=sifted,
        many=queries.MANY,
    )


@needs(Right.EDIT_MEMBERS)
def new() -> Answer:
    """Register a person; a namesake is shown first and never stops anybody."""
    space = _here()
    like = _like(space.uid)
    alone = {"commune_pcode": space.commune, "registered_on": clock.today()}
    form = asking.form(NewMemberForm)(**{**alone, **(_shared(like) if like else {})})
    form.offer(places.commune_choices(form.commune_pcode.data or space.commune), asking.offer())
    alike: Sequence[Member] = []
    if is_submitted_ok(form):
        if not request.form.get("anyway"):
            alike = may_be(space.uid, form.answers())
        if not alike:
            with refused(form) as outcome, transaction():
                member = services.register(space.uid, form.purposes(), **form.answers())
                own.write(member, form.own_answers())
            if outcome.ok:
                undo = url_for("members.take_out", uid=member.uid)
                done(msg("%(name)s est dans le registre.", name=member.name), undo=undo)
                return redirect(url_for("members.show", uid=member.uid), 303)
    form.point_at_fault()
    asked = {"more": AT_FIRST, "minor": MINOR, "adult": minors.ADULT}
    page = render_template("members/new.html", form=form, alike=alike, people=people, like=like, **asked)
    return page, 422 if form.is_submitted() else 200


def _like(space_uid: uuid.UUID) -> Member | None:
    """Return the person whose sister or brother comes next; a stranger's address means nobody."""
    asked = request.args.get("comme", "")
    try:
        found = queries.by_uids([uuid.UUID(hex=asked)]) if asked else {}
    except ValueError:
        return None
    member = next(iter(found.values()), None)
    if member is None or member.deleted_at or member.is_erased or member.space_uid != space_uid:
        return None
    return member


def _shared(member: Member) -> dict[str, Any]:
    """Return what a family shares; each says her own name, sex and year."""
    return {name: value for name, value in _as_typed(member).items() if name in SHARED}


def _here() -> Any:
    space = places.here()
    if space is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    return space


@needs(*READERS)
def show(uid: uuid.UUID) -> str:
    """Show a person's card, her facts and what other rooms know of her."""
    who, member = reader(), queries.one(uid)
    if not who.sees(member):
        return render_template("members/closed.html", member=member, space=places.space(member.space_uid))
    edits = who.edits and not member.is_erased
    return render_template(
        "members/show.html",
        member=member,
        edits=edits,
        space=places.space(member.space_uid),
        said=queries.consents_of(uid),
        code=qr(member.card),
        words=vocabulary,
        facts=facts.lines(member),
        not_before=minors.NOT_BEFORE,
        minor=minors.is_minor(member.birth_year, clock.today()),
        panels=_hooked("member_panels", uid),
        endings=_hooked("member_endings", uid),
        actions=_hooked("member_actions", uid) if edits else [],
    )


def _hooked(name: str, uid: uuid.UUID) -> list[Markup]:
    """Return what other rooms add to a person's page: each gives markup, or nothing."""
    return [part for hook in current_app.extensions.get(name, ()) if (part := hook(uid))]


@needs(Right.EDIT_MEMBERS)
def edit(uid: uuid.UUID) -> Answer:
    """Change a person's answers."""
    member = queries.one(uid)
    kind = asking.form(MemberForm)
    form = kind(**_as_typed(member), **asking.own_typed(member), seen=_prints(member, kind))
    form.offer(places.commune_choices(member.commune_pcode), asking.offer(member), member)
    if is_submitted_ok(form):
        met = Met()
        with refused(form) as outcome, transaction():
            met = amending.amend(uid, {**form.answers(), **form.own_answers()}, form.seen.data)
        if met.both:
            _ask_again(form, member, met)
        elif outcome.ok:
            _say_amended(member, met)
            return redirect(url_for("members.show", uid=uid), 303)
    form.point_at_fault()
    page = render_template("members/edit.html", form=form, member=member, more=(*MINOR, *MORE))
    return page, 422 if form.is_submitted() else 200


def _prints(member: Member, form: type[MemberForm] | MemberForm) -> str:
    return seen.prints(amending.kept(member, (*PLAIN, *(one.key for one in form.questions))))


def _ask_again(form: MemberForm, member: Member, met: Met) -> None:
    """Show both words of a field that two people changed; saved again, the reader's stand."""
    form.seen.data = _prints(member, form)
    for name in met.both:
        said = msg(
            "Entre-temps, une autre personne a écrit «\u00a0%(said)s\u00a0».",
            said=amending.told(member, name),
        )
        form[name].errors = [*form[name].errors, said]
    form.form_errors.append(msg("Deux personnes corrigent cette fiche. Choisissez, puis enregistrez."))


def _say_amended(member: Member, met: Met) -> None:
    said = msg("La fiche de %(name)s est à jour.", name=member.name)
    done(said)
    if met.others:
        what = amending.labels(met.others)
        done(
            msg("Une autre personne a changé aussi\u00a0: %(what)s. Rien n’est perdu.", what=what),
            kind="info",
        )


def _as_typed(member: Member) -> dict[str, Any]:
    shown = {name: phones.shown(getattr(member, name)) for name in ("phone", "guardian_phone")}
    return {**amending.kept(member, PLAIN), **shown}


@needs(Right.EDIT_MEMBERS)
def take_out(uid: uuid.UUID) -> Response:
    """Take back a registration."""
    with transaction():
        member = services.take_out(uid)
    back = url_for("members.take_in", uid=uid)
    done(msg("%(name)s n’est plus dans le registre.", name=member.name), undo=back)
    return redirect(url_for("members.index"), 303)


@needs(Right.EDIT_MEMBERS)
def take_in(uid: uuid.UUID) -> Response:
    """Bring back a person who was taken out."""
    with transaction():
        member = services.take_in(uid)
    done(msg("%(name)s est de nouveau dans le registre.", name=member.name))
    return redirect(url_for("members.show", uid=uid), 303)

"""Attestations of a session: who may have one, all of them in one touch, printed, withdrawn."""

import uuid
from collections.abc import Iterable, Sequence

from flask import abort, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import msg, nmsg
from kiosk.paper.facts import Attestations
from kiosk.storage import Refusal, clock, transaction
from kiosk.training import services, words
from kiosk.training.attestations import issuing, paper, reading
from kiosk.training.attestations.models import Attested, Certificate, CertificateState
from kiosk.training.forms import ReasonForm
from kiosk.training.models import TrainingSession
from kiosk.training.routes.attestation_forms import AttestForm, RuleForm
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, reads, sealed, uid_in, unsealed
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done
from kiosk.web.printing import everywhere, pdf


@blueprint.get("/formations/<uuid:uid>/attestations")
@reads
def attestations(uid: uuid.UUID) -> Answer:
    """Show who came, what each followed, and her paper."""
    training = services.find_session(uid)
    form = AttestForm(day=clock.today())
    return _page(training, form, RuleForm(percent=reading.rule_of(training)))


def _page(training: TrainingSession, form: AttestForm, rule: RuleForm) -> Answer:
    lines, held = reading.followed(training), reading.counting(training)
    waiting = {kind: sum(one.waits and one.kind == kind for one in lines) for kind in Attested}
    page = render_template(
        "training/attestations.html",
        training=training,
        form=form,
        rule_form=rule,
        rule=reading.rule_of(training),
        lines=lines,
        held=held,
        missing=sum(services.is_open(one) for one in held),
        waiting=waiting,
        made=len(_printable(lines)),
        titles=paper.TITLES,
        words=words,
    )
    return page, 422 if form.errors or rule.errors else 200


@blueprint.post("/formations/<uuid:uid>/attestations")
@plans
def attest(uid: uuid.UUID) -> Answer:
    """Make every attestation of one kind that nobody has yet."""
    training, form = services.find_session(uid), AttestForm()
    kind = request.form.get("kind", "")
    if kind not in set(Attested):
        abort(400)
    if form.validate_on_submit():
        with refused(form) as outcome, transaction():
            signed = issuing.Signed(current_user.name, form.day.data or clock.today())
            made = issuing.attest(services.find_session(uid), [Attested(kind)], signed)
        if outcome.ok:
            _tell(uid, [one.uid for one in made])
            return go("training.attestations", uid=uid)
    return _page(training, form, RuleForm(formdata=None, percent=reading.rule_of(training)))


def _tell(uid: uuid.UUID, made: Sequence[uuid.UUID]) -> None:
    back = url_for("training.unattest", uid=uid, avant=sealed(uid, [one.hex for one in made]))
    said = nmsg("Une attestation est faite.", "%(n)s attestations sont faites.", len(made))
    done(said if made else msg("Tout le monde a déjà son attestation."), undo=back if made else None)


@blueprint.post("/formations/<uuid:uid>/attestations/annuler")
@plans
def unattest(uid: uuid.UUID) -> Response:
    """Take back what was just made."""
    with transaction():
        count = issuing.take_back([uuid.UUID(hex=one) for one in unsealed(uid)])
    done(nmsg("C’est annulé : une attestation.", "C’est annulé : %(n)s attestations.", count))
    return go("training.attestations", uid=uid)


@blueprint.post("/formations/<uuid:uid>/attestations/regle")
@plans
def set_rule(uid: uuid.UUID) -> Answer:
    """Say how much of this session must be followed."""
    training, form = services.find_session(uid), RuleForm()
    if form.validate_on_submit():
        with refused(form) as outcome, transaction():
            issuing.set_rule(services.find_session(uid), form.percent.data)
        if outcome.ok:
            done(msg("La règle est changée. Les attestations déjà faites restent."))
            return go("training.attestations", uid=uid)
    return _page(training, AttestForm(formdata=None, day=clock.today()), form)


@blueprint.get("/formations/<uuid:uid>/attestations/imprimer")
@reads
def attestations_paper(uid: uuid.UUID) -> str:
    """Show the attestations ready to print: all that stand, or the one asked for."""
    training = services.find_session(uid)
    papers, one = _papers(training), request.args.get("une", "")
    return render_template("training/attestations_paper.html", training=training, papers=papers, one=one)


@blueprint.get("/formations/<uuid:uid>/attestations.pdf")
@reads
def attestations_pdf(uid: uuid.UUID) -> Response:
    """Give the same as a PDF."""
    training = services.find_session(uid)
    return pdf("attestations", _papers(training), f"attestations {training.code}")


def _papers(training: TrainingSession) -> Attestations:
    asked = uid_in(request.args.get("une", ""))
    found = [one for one in _printable(reading.followed(training)) if asked in (None, one.uid)]
    if not found:
        raise Refusal(msg("Aucune attestation n’est à imprimer."))
    return paper.batch(training, found, lambda number: everywhere("checking.number", number=number))


def _printable(lines: Iterable[reading.Followed]) -> list[Certificate]:
    """Return the papers that stand and still have a name, in the order of the page."""
    found = [one.certificate for one in lines if one.certificate]
    return [one for one in found if one.state == CertificateState.ISSUED and one.holder]


@blueprint.route("/attestations/<uuid:uid>/retirer", methods=["GET", "POST"])
@plans
def revoke(uid: uuid.UUID) -> Answer:
    """Withdraw one attestation, with a reason."""
    form, found = ReasonForm(), reading.find(uid)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            issuing.revoke(reading.find(uid), form.reason.data or "")
        if outcome.ok:
            done(msg("L’attestation est retirée."), undo=url_for("training.restore_attestation", uid=uid))
            return go("training.attestations", uid=found.session_uid)
    return filled("revoke", form, found=found)


@blueprint.post("/attestations/<uuid:uid>/remettre")
@plans
def restore_attestation(uid: uuid.UUID) -> Response:
    """Take back a withdrawal."""
    with transaction():
        found = reading.find(uid)
        issuing.restore(found)
    done(msg("L’attestation est de nouveau valable."))
    return go("training.attestations", uid=found.session_uid)


@blueprint.post("/attestations/<uuid:uid>/refaire")
@plans
def attest_again(uid: uuid.UUID) -> Response:
    """Make one again with today's name and figures, under a new number."""
    with transaction():
        found = reading.find(uid)
        signed = issuing.Signed(current_user.name, clock.today())
        issuing.again(found, services.find_session(found.session_uid), signed)
        number = found.number
    done(msg("L’attestation est refaite : %(n)s. L’ancien numéro est retiré.", n=number))
    return go("training.attestations", uid=found.session_uid)

"""People who came and whose names nobody took: by sex, age and trade, counted or estimated."""

import uuid
from collections.abc import Mapping

from flask import render_template, request
from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from kiosk.language import Message, msg, nmsg
from kiosk.members import queries as register
from kiosk.members.fields import words as lists
from kiosk.storage import NotFound, Refusal, transaction
from kiosk.training import queries, services, words
from kiosk.training.routes.door import Answer, blueprint, go, marks
from kiosk.web.forms import Form
from kiosk.web.notices import done

Typed = Mapping[tuple[str, str], str]
NONE = "aucun"


class CrowdForm(Form):
    """Who the people without a name are, and whether somebody counted them."""

    profession = SelectField(
        msg("Domaine du métier"), [Optional()], description=msg("Si toutes ont le même.")
    )
    about = BooleanField(msg("Ces nombres sont estimés"), description=msg("Les rapports diront « environ »."))


@blueprint.route("/seances/<uuid:uid>/sans-nom", methods=["GET", "POST"])
@marks
def heads(uid: uuid.UUID) -> Answer:
    """Count people whose names nobody took, one trade at a time."""
    line = queries.sitting_line(uid)
    if line is None:
        raise NotFound(msg("Cette séance n’existe pas ici."))
    crowds = queries.crowds_of(line)
    shown = _shown(crowds)
    form = CrowdForm(data={"profession": shown.profession, "about": shown.about})
    book = lists.book()
    form.profession.choices = [("", msg("Non dit")), *book.offered("profession", crowds)]
    typed, wrong = _typed(shown), None
    if request.method == "POST":
        try:
            return _count(uid, form, typed, crowds)
        except Refusal as refusal:
            wrong = refusal.message
    others = [one for one in crowds.values() if one.total and one is not shown]
    told = {"counts": typed, "others": others, "book": book, "wrong": wrong, "was": _was(shown, crowds)}
    page = render_template(
        "training/heads.html", form=form, line=line, bands=register.BANDS, sexes=words.SEXES, **told
    )
    return page, 422 if wrong else 200


def _shown(crowds: Mapping[str, queries.Crowd]) -> queries.Crowd:
    """Return the people the page is about: those of the trade asked for, else the first, else nobody yet."""
    asked = request.form.get("was", NONE) if request.method == "POST" else request.args.get("metier")
    some = [one for one in crowds.values() if one.total]
    if asked is None:
        return some[0] if some else queries.Crowd()
    return next((one for one in some if one.profession == asked), queries.Crowd())


def _was(shown: queries.Crowd, crowds: Mapping[str, queries.Crowd]) -> str:
    return shown.profession if shown.total and shown in crowds.values() else NONE


def _typed(shown: queries.Crowd) -> dict[tuple[str, str], str]:
    """Return the squares as the page shows them: what was just typed, else what is known."""
    if request.method == "POST":
        return {(sex, band): request.form.get(f"n-{sex}-{band}", "").strip() for sex, band in _squares()}
    return {square: str(count) for square, count in shown.counts.items()}


def _squares() -> list[tuple[str, str]]:
    return [(sex, band.key) for sex in words.SEXES for band in register.BANDS]


def _count(uid: uuid.UUID, form: CrowdForm, typed: Typed, crowds: Mapping[str, queries.Crowd]) -> Answer:
    if not form.validate():
        raise Refusal(msg("Choisissez un métier de la liste."), field="profession")
    said, was = form.profession.data or "", request.form.get("was", NONE)
    counts = {square: _number(text) for square, text in typed.items()}
    if said != was and said in crowds and crowds[said].total:
        raise Refusal(msg("Ce métier a déjà un compte. Ouvrez-le pour le changer."), field="profession")
    with transaction():
        sitting = services.find_sitting(uid)
        if was in crowds and was != said:
            services.count_heads(sitting, dict.fromkeys(crowds[was].counts, 0), was)
        total = services.count_heads(sitting, counts, said, bool(form.about.data))
    done(_told(total))
    return go("training.presences", uid=uid)


def _told(total: int) -> Message:
    return nmsg("Une personne sans nom est comptée.", "%(n)s personnes sans nom sont comptées.", total)


def _number(text: str) -> int:
    """Return the number in a square; an empty one is nought."""
    if text and (not text.isdecimal() or len(text) > 4):
        raise Refusal(msg("Écrivez des nombres, par exemple 12."), field="heads")
    return int(text or "0")

"""What an attestation says on paper: plain sentences, agreed with the person."""

import datetime
from collections.abc import Callable, Iterable, Mapping

from kiosk.language import Message, current, formats, msg, nmsg
from kiosk.paper.facts import Attestation, Attestations, Head
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.training import words
from kiosk.training.attestations.models import Attested, Certificate
from kiosk.training.models import TrainingSession
from kiosk.training.papers import letterhead

TITLES: Mapping[str, Message] = {
    Attested.TRAINING: msg("Attestation de formation"),
    Attested.PARTICIPATION: msg("Attestation de participation"),
}
_DID: Mapping[str, Message] = {
    Attested.TRAINING: msg("a suivi la formation"),
    Attested.PARTICIPATION: msg("a participé à la formation"),
}
_SIGNS = {"F": msg("La formatrice"), "M": msg("Le formateur"), "": msg("Formateur ou formatrice")}


def batch(
    training: TrainingSession, found: Iterable[Certificate], address: Callable[[str], str]
) -> Attestations:
    """Return the papers of a session, one leaf each; `address` is where a phone checks a number."""
    head = letterhead(training.space_uid, "", training.project_uid)
    head["lines"] += _federation()
    leaves = [_leaf(one, head, address) for one in found]
    return Attestations(language=current().html_lang, title=training.title, leaves=leaves)


def _federation() -> list[str]:
    """Return the name of the federation, where the centre has written one."""
    return [one.name for one in partners.organisations() if one.kind == "federation"][:1]


def _leaf(one: Certificate, head: Head, address: Callable[[str], str]) -> Attestation:
    here = places.space(one.space_uid)
    name = here.name if here else ""
    return Attestation(
        head=head,
        title=str(TITLES.get(one.kind, one.kind)),
        before=str(msg("L’espace connecté de %(name)s atteste que", name=name)),
        name=one.holder,
        after=", ".join(filter(None, [_born(one), str(_DID.get(one.kind, ""))])),
        course=one.course,
        lines=list(_lines(one)),
        made=[
            str(msg("Fait à %(name)s,", name=name)),
            str(msg("le %(day)s", day=formats.date_long(one.issued_on))),
        ],
        signs=[
            (str(_SIGNS.get(one.trainer_sex, _SIGNS[""])), one.trainer_name),
            (str(msg("Pour l’espace connecté")), one.signer),
        ],
        stamp=str(msg("Cachet")),
        number=one.number,
        code=address(one.number),
        check=str(msg("Numéro à vérifier dans tout espace connecté")),
    )


def _born(one: Certificate) -> str:
    if not one.born:
        return ""
    if one.sex in ("F", "M"):
        return str(_birth(one.sex == "F", one.born_about, one.born))
    return str(
        msg("naissance vers %(year)s", year=one.born)
        if one.born_about
        else msg("naissance en %(year)s", year=one.born)
    )


def _birth(woman: bool, about: bool, year: int) -> Message:
    if about:
        return msg("née vers %(year)s", year=year) if woman else msg("né vers %(year)s", year=year)
    return msg("née en %(year)s", year=year) if woman else msg("né en %(year)s", year=year)


def _lines(one: Certificate) -> Iterable[str]:
    """Yield how long, when, where, and how much of it she was there."""
    span = _span(one)
    where = f", {one.place}" if one.place else ""
    yield f"{words.length(one.minutes)}, {span}{where}."
    yield str(_there(one.sex, one.present, one.sittings))
    if one.domain:
        yield str(msg("Domaine : %(name)s.", name=one.domain))


def _span(one: Certificate) -> str:
    """Return « du 7 novembre au 12 décembre 2026 », « le 7 novembre 2026 » for one day."""
    last = formats.date_medium(one.last)
    if one.first == one.last:
        return str(msg("le %(day)s", day=last))
    return str(msg("du %(first)s au %(last)s", first=_begin(one.first, one.last), last=last))


def _begin(first: datetime.date, last: datetime.date) -> str:
    """Return the first day as far as the last one does not say it."""
    if (first.year, first.month) == (last.year, last.month):
        return str(first.day)
    return formats.day_month(first) if first.year == last.year else formats.date_medium(first)


def _there(sex: str, present: int, held: int) -> Message:
    if sex == "F":
        return nmsg(
            "Présente à %(n)s séance sur %(all)s.", "Présente à %(n)s séances sur %(all)s.", present, all=held
        )
    if sex == "M":
        return nmsg(
            "Présent à %(n)s séance sur %(all)s.", "Présent à %(n)s séances sur %(all)s.", present, all=held
        )
    return nmsg(
        "Présence à %(n)s séance sur %(all)s.", "Présence à %(n)s séances sur %(all)s.", present, all=held
    )

"""How a training tells its records: sessions by their title, sittings by their day, marks by their word."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import Message, formats, msg
from kiosk.storage.telling import Telling, call, tell
from kiosk.training import words
from kiosk.training.attestations.models import Attested, CertificateState
from kiosk.training.catalogue import themes
from kiosk.training.figures import FULL_DAY
from kiosk.training.models import SittingState

_SITTINGS = {
    SittingState.PLANNED: msg("Prévue"),
    SittingState.HELD: msg("Tenue"),
    SittingState.CANCELLED: msg("Annulée"),
    SittingState.INTERRUPTED: msg("Interrompue"),
}
_SESSION = {
    "title": msg("Titre"),
    "state": msg("État"),
    "place": msg("Lieu"),
    "group_name": msg("Groupe"),
    "campaign": msg("Campagne"),
    "seats": msg("Places"),
    "trainer_name": msg("Formateur ou formatrice"),
    "reason": msg("Raison"),
    "notes": msg("Remarques"),
}
_SITTING = {
    "day": msg("Jour"),
    "starts": msg("Heure"),
    "minutes": msg("Durée"),
    "state": msg("État"),
    "reason": msg("Raison"),
}
_CERTIFICATE = {"number": msg("Numéro"), "state": msg("État"), "holder": msg("Nom"), "reason": msg("Raison")}
_PRINTED = {
    "kind": msg("Sorte"),
    "sex": msg("Sexe"),
    "born": msg("Année de naissance"),
    "born_about": msg("Année environ"),
    "course": msg("Formation"),
    "domain": msg("Domaine"),
    "place": msg("Lieu"),
    "first": msg("Du"),
    "last": msg("Au"),
    "days": msg("Jours suivis"),
    "minutes": msg("Durée"),
    "present": msg("Demi-journées suivies"),
    "sittings": msg("Demi-journées tenues"),
    "rate": msg("Part suivie"),
    "trainer_name": msg("Formateur ou formatrice"),
    "trainer_sex": msg("Sexe du formateur ou de la formatrice"),
    "signer": msg("Signée par"),
    "issued_on": msg("Faite le"),
}
_FOLLOWED = {"theme": msg("Domaine"), "opened_on": msg("Début")}
_KINDS = {Attested.TRAINING: msg("De formation"), Attested.PARTICIPATION: msg("De participation")}
_SEXES = {"F": msg("Femme"), "M": msg("Homme")}
_PAPERS = {CertificateState.ISSUED: msg("Valable"), CertificateState.REVOKED: msg("Retirée")}
_CODED: Mapping[str, Mapping[Any, Message]] = {
    "state": _PAPERS,
    "kind": _KINDS,
    "sex": _SEXES,
    "trainer_sex": _SEXES,
}
_ANSWERS = dict(words.every_answer(""))


def _session(field: str, value: Any) -> str:
    return str(words.state_pill(value)[1]) if field == "state" else ""


def _sitting(field: str, value: Any) -> str:
    if field == "state":
        return str(_SITTINGS.get(value, value))
    return words.length(value) if field == "minutes" and value is not None else ""


def _enrolment(field: str, value: Any) -> str:
    return str(words.enrolment_pill(value)[1]) if field == "state" else ""


def _mark(field: str, value: Any) -> str:
    if field == "mark":
        return str(_ANSWERS.get(str(value or ""), value))
    return words.length(value) if value is not None else ""


def _certificate(field: str, value: Any) -> str:
    if field in _CODED:
        return str(_CODED[field].get(value, value))
    if field == "days":
        return formats.number(value / FULL_DAY)
    if field == "rate":
        return formats.percent(value / 100)
    return _theme(field, value) if field == "domain" else _lasting(field, value)


def _asked(field: str, value: Any) -> str:
    return str(words.request_pill(value)[1]) if field == "state" else ""


def _theme(field: str, value: Any) -> str:
    return str(themes.names().get(value, value)) if field in ("theme", "domain") else ""


def _lasting(field: str, value: Any) -> str:
    return words.length(value) if field == "minutes" and value is not None else ""


def _day(row: Mapping[str, Any], named: bool) -> str:
    return formats.date_long(row["day"])


def _name(row: Mapping[str, Any], named: bool) -> str:
    return str(row["title"])


_COURSE = {"title": msg("Titre"), "summary": msg("Résumé"), "level": msg("Niveau")}
_THEME = {"label": msg("Nom"), "label_bm": msg("En bambara"), "active": msg("En usage")}


def _label(row: Mapping[str, Any], named: bool) -> str:
    return str(row["label"])


tell("course", Telling(_COURSE, title=_name))
tell("theme", Telling(_THEME, title=_label))
tell("course_plan", Telling({"year": msg("Année"), "planned": msg("Sessions prévues")}))
tell("training_session", Telling(_SESSION, _session, _name))
tell("sitting", Telling(_SITTING, _sitting, _day))
_ENROLMENT = {
    "ticket": msg("Rang de la demande"),
    "promoted": msg("Venue de la liste d’attente"),
    "walk_in": msg("Sans inscription d’avance"),
}
call("enrolment", msg("Inscription"))
call("attendance", msg("Présence"))
call("certificate", msg("Attestation"))
call("seat_request", msg("Place demandée"))
call("follow_up", msg("Accompagnement"))
call("follow_up_meeting", msg("Rencontre d’accompagnement"))
tell("enrolment", Telling({"state": msg("Inscription")}, _enrolment, beside=_ENROLMENT))
tell("attendance", Telling({"mark": msg("Présence"), "minutes": msg("Durée")}, _mark))
tell("headcount", Telling({"count": msg("Nombre de personnes")}))
tell("certificate", Telling(_CERTIFICATE, _certificate, beside=_PRINTED))
tell("session_trainer", Telling({"volunteer": msg("Bénévole"), "active": msg("Forme")}))
tell("session_partner", Telling({"active": msg("Partenaire")}))
tell("certificate_seal", Telling({}))
tell("seat_request", Telling({"name": msg("Nom"), "phone": msg("Téléphone"), "state": msg("État")}, _asked))
tell("follow_up", Telling({"goal": msg("But"), "closed_on": msg("Fin")}, _theme, beside=_FOLLOWED))
_MET = {"minutes": msg("Durée")}
tell(
    "follow_up_meeting",
    Telling({"subject": msg("Sujet"), "next_step": msg("Prochaine étape")}, _lasting, beside=_MET),
)
tell("session_face", Telling({}))

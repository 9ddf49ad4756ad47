"""What a card says of somebody, line by line, as people read it."""

from kiosk.language import Message, msg, nmsg
from kiosk.members import phones
from kiosk.members.ages import age_at
from kiosk.members.fields import own, words
from kiosk.members.models import Member
from kiosk.members.vocabulary import Sex
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.storage import clock

Fact = tuple[Message | str, str]
_BORN = {Sex.WOMAN: msg("Femme, née"), Sex.MAN: msg("Homme, né")}


def lines(member: Member) -> list[Fact]:
    """Return (what, what it says) for all that is known, in the order it is read."""
    book = words.book()
    found: list[Fact] = [
        (_BORN.get(member.sex, msg("Naissance")), _birth(member)),
        (msg("Commune"), _commune(member.commune_pcode)),
        (msg("Village ou quartier"), member.village or ""),
        (msg("Téléphone"), _phone(member.phone)),
        (msg("Langues"), book.join("languages", member.languages)),
        (msg("Occupation"), book.word("occupation", member.occupation)),
        (msg("Domaine du métier"), book.word("profession", member.profession)),
        (msg("École"), book.word("schooling", member.schooling)),
        (msg("Organisation"), member.organisation or ""),
        (msg("Société civile"), _civil(member)),
        (msg("Mandat électif"), book.word("elected_as", member.elected_as)),
        (msg("Rôle en ligne"), book.join("digital_roles", member.digital_roles)),
        (msg("Personne responsable"), _guardian(member)),
        (msg("A connu l’espace par"), book.word("how_heard", member.how_heard)),
        (msg("Numéro d’avant"), member.former_card or ""),
        (msg("Remarques"), member.notes or ""),
        *own.lines(member, book),
    ]
    return [fact for fact in found if fact[1]]


def _birth(member: Member) -> str:
    if not member.birth_year:
        return str(msg("année inconnue"))
    year = str(member.birth_year)
    said = msg("vers %(year)s", year=year) if member.birth_year_about else msg("en %(year)s", year=year)
    age = age_at(member.birth_year, clock.today())
    return str(said) if age is None else f"{said} ({nmsg('%(n)s an', '%(n)s ans', age)})"


def _commune(pcode: str | None) -> str:
    found = places.commune(pcode, clock.today())
    return f"{found.name}, {found.parents.words}" if found else pcode or ""


def _phone(number: str | None) -> str:
    if not number:
        return ""
    shown = phones.shown(number)
    return shown if phones.is_whole(number) else f"{shown} ({msg('à vérifier')})"


def _civil(member: Member) -> str:
    if member.organisation_uid:
        return partners.organisation_names([member.organisation_uid]).get(member.organisation_uid, "")
    return str(msg("Membre d’une organisation")) if member.civil_society else ""


def _guardian(member: Member) -> str:
    return " · ".join(part for part in (member.guardian, _phone(member.guardian_phone)) if part)

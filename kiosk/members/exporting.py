"""The register as a file: an allow-list of columns, anonymous unless asked otherwise.

With names the file holds every answer and comes back through the import without
a change. A cell that a spreadsheet would take for a formula gets an apostrophe,
which the import takes off again.
"""

import csv
import io
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from kiosk.language import msg
from kiosk.members import contacts, phones, vocabulary
from kiosk.members.fields import own, words
from kiosk.members.fields.models import FieldKind
from kiosk.members.fields.own import Question
from kiosk.members.filtering import Filter
from kiosk.members.models import Consent, Member
from kiosk.members.vocabulary import Purpose
from kiosk.partners import queries as partners
from kiosk.places import queries as places
from kiosk.places.queries import Place
from kiosk.storage import Refusal, clock, session

EVERYBODY = Filter()
KINDS = ("csv", "xlsx")
WRONG_KIND = msg("Le fichier finit par .csv ou .xlsx.")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 1000

Said = Mapping[str, str]
Writer = Callable[[Member, "_Around"], str]


class _Around:
    """What columns need beside the member: communes by p-code, consents by member."""

    def __init__(self, answers: Mapping[uuid.UUID, Mapping[str, str]]) -> None:
        self.answers = answers
        self.communes: Mapping[str, Place] = {place.pcode: place for place in places.communes()}
        self.book = words.book()
        self.partners: dict[uuid.UUID | None, str] = {one.uid: one.name for one in partners.organisations()}
        self.consents: dict[uuid.UUID, dict[str, str]] = {}
        query = select(Consent.member_uid, Consent.purpose, Consent.granted, Consent.on_date)
        for row in session().execute(query.where(Consent.deleted_at.is_(None))):
            answer = f"{'oui' if row.granted else 'non'} {row.on_date.isoformat()}"
            self.consents.setdefault(row.member_uid, {})[row.purpose] = answer

    def commune(self, pcode: str | None) -> str:
        """Return « name (p-code) », so that homonyms stay apart."""
        place = self.communes.get(pcode or "")
        return f"{place.name} ({place.pcode})" if place else pcode or ""


def _listed(name: str) -> Writer:
    return lambda member, around: around.book.word(name, getattr(member, name))


def _several(name: str) -> Writer:
    return lambda member, around: around.book.join(name, getattr(member, name))


def _text(name: str) -> Writer:
    return lambda member, _: getattr(member, name) or ""


def _agreed(purpose: Purpose) -> Writer:
    return lambda member, around: around.consents.get(member.uid, {}).get(purpose, "")


def _sex(member: Member, _around: _Around) -> str:
    return "" if member.sex == vocabulary.Sex.UNSAID else str(member.sex)


def _own(field: Question) -> Writer:
    """Write the answers to a field of one's own; a day in figures, as the import reads it."""

    def write(member: Member, around: _Around) -> str:
        said = around.answers.get(member.uid, {}).get(field.key, "")
        return said if field.kind == FieldKind.DAY else own.told(field, said, around.book)

    return write


def _phone(name: str) -> Writer:
    return lambda member, _: phones.shown(getattr(member, name)).replace("\u00a0", " ")


_ANONYMOUS: dict[str, Writer] = {
    "Sexe": _sex,
    "Année de naissance": lambda member, _: str(member.birth_year or ""),
    "Environ": lambda member, _: "oui" if member.birth_year_about else "",
    "Commune": lambda member, around: around.commune(member.commune_pcode),
    "Langues": _several("languages"),
    "Occupation": _listed("occupation"),
    "Domaine du métier": _listed("profession"),
    "Niveau": _listed("schooling"),
    "Société civile": lambda member, _: "oui" if member.civil_society else "",
    "Rôle en ligne": _several("digital_roles"),
    "Connu par": _listed("how_heard"),
    "Mois d’inscription": lambda member, _: f"{member.registered_on:%Y-%m}",
}
_NAMED: dict[str, Writer] = {
    "Carte": _text("card"),
    "Numéro d’avant": _text("former_card"),
    "Prénom": _text("given_name"),
    "Nom": _text("family_name"),
    **{title: write for title, write in _ANONYMOUS.items() if not title.startswith("Mois")},
    "Téléphone": _phone("phone"),
    "Village": _text("village"),
    "Mandat électif": _listed("elected_as"),
    "Organisation": _text("organisation"),
    "Organisation partenaire": lambda member, around: around.partners.get(member.organisation_uid, ""),
    "Personne responsable": _text("guardian"),
    "Téléphone du responsable": _phone("guardian_phone"),
    "Date d’inscription": lambda member, _: member.registered_on.isoformat(),
    "Accord registre": _agreed(Purpose.REGISTER),
    "Accord appel": _agreed(Purpose.CONTACT),
    "Accord photo": _agreed(Purpose.PHOTO),
    "Accord nom public": _agreed(Purpose.PUBLIC_NAME),
    "Accord responsable": _agreed(Purpose.GUARDIAN),
    "Remarques": _text("notes"),
}


def columns(named: bool) -> dict[str, Writer]:
    """Return what a file holds: the writer of each column, by its title."""
    return dict(_NAMED if named else _ANONYMOUS)


def rows(
    named: bool, space_uid: uuid.UUID | None = None, only: Filter = EVERYBODY, sensitive: bool = False
) -> Iterator[list[str]]:
    """Return the titles, then one row a member, in the alphabet's order (an anonymous file: in no order).

    `space_uid` keeps to one space, `only` to some people; `sensitive` answers leave where
    they are asked for.
    """
    fields = own.exportable(named, sensitive)
    written = {**columns(named), **{one.french: _own(one) for one in fields}}
    yield list(written)
    around = _Around(own.answers_to(fields))
    query = only.narrow(select(Member).where(Member.deleted_at.is_(None)), clock.today())
    if space_uid is not None:
        query = query.where(Member.space_uid == space_uid)
    # Ordered by the answers themselves, an anonymous row tells nothing of a place in the alphabet.
    order = (Member.sort_key, Member.uid) if named else (Member.sex, Member.birth_year, Member.commune_pcode)
    for member in session().scalars(query.order_by(*order).execution_options(yield_per=_AT_ONCE)):
        yield [harmless(write(member, around)) for write in written.values()]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def content(
    kind: str,
    named: bool,
    space_uid: uuid.UUID | None = None,
    only: Filter = EVERYBODY,
    sensitive: bool = False,
) -> bytes:
    """Return the register as the bytes of a file of that kind ("csv" or "xlsx").

    Raises Refusal for another kind.
    """
    return _file(kind, rows(named, space_uid, only, sensitive))


def to_write_to(kind: str, space_uid: uuid.UUID | None = None) -> bytes:
    """Return those who agreed to messages as a table, or as contacts of a phone ("vcf")."""
    people = contacts.agreed(space_uid)
    if kind == "vcf":
        return contacts.cards(people)
    # A whole number is plus and digits, and nothing else: as it is, phones take it.
    rows_ = ([harmless(one.given), harmless(one.family), one.phone] for one in people)
    return _file(kind, chain([list(contacts.TITLES)], rows_))


def _file(kind: str, table: Iterator[list[str]]) -> bytes:
    if kind not in KINDS:
        raise Refusal(WRONG_KIND, "kind")
    return as_csv(table) if kind == "csv" else _xlsx(table)


def write(path: Path, named: bool, space_uid: uuid.UUID | None = None) -> int:
    """Write the register to a file whose name ends in .csv or .xlsx; return its size in bytes."""
    return path.write_bytes(content(path.suffix.lower().lstrip("."), named, space_uid))


def as_csv(table: Iterable[Sequence[object]]) -> bytes:
    """Return a table file: `;` between columns, a byte-order mark for Excel; words made `harmless` before."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: Iterator[list[str]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Membres")
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for at, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text, None if at else bold)
    return out.getvalue()

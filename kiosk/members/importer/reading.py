"""The readers of a row, one per kind of answer, in the order they must run.

Each takes what it understands from the cells into the line, and words what it
does not: a line without a name or with an impossible year is at fault, anything
else unreadable is kept as a remark and the rest of the line goes on.
"""

import datetime
import re
from collections.abc import Mapping
from itertools import islice

from kiosk.language import Message, fold, msg
from kiosk.members import cards, phones, vocabulary
from kiosk.members.importer import cells, names, own_answers
from kiosk.members.importer.line import Answer, Context, Line
from kiosk.members.importer.sheet import Cell
from kiosk.members.importer.words import codes
from kiosk.members.vocabulary import Purpose

Cells = Mapping[str, list[Answer]]

_LISTS = {
    "occupation": "occupation",
    "schooling": "schooling",
    "school_level": "schooling",
    "how_heard": "how_heard",
    "profession": "profession",
    "elected_as": "elected_as",
}
_SPACES = re.compile(r"[ \t]+")
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r])")
_TEXTS = ("organisation", "guardian")
_CONSENTS = [f"consent:{purpose}" for purpose in Purpose]
_OLDEST_YEAR = 1900
_DAYS = (datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
_MOST = 120
_NOTES = 2000


def _first(found: Cells, key: str) -> str:
    return found[key][0].text if key in found else ""


def _numbers(line: Line, found: Cells, _context: Context) -> None:
    card, former = _first(found, "card"), _first(found, "former_card")
    if card and cards.is_card(card):
        line.card = card.upper()
    elif card:
        former = former or card
    if former:
        line.said["former_card"] = former[:_MOST]


def _name(line: Line, found: Cells, _context: Context) -> None:
    given, family = names.tidy(_first(found, "given_name")), names.tidy(_first(found, "family_name"))
    whole = _first(found, "family_first") or _first(found, "family_last")
    whole = whole or ("" if given or family else _first(found, "latin_name") or _first(found, "usual_name"))
    if whole and not (given and family):
        given, family = names.split(whole, family_first="family_first" in found)
    elif family and not given and "given_name" not in found and " " in family:
        given, family = names.split(_first(found, "family_name"), family_first=True)
    line.label = f"{given} {family}".strip() or line.said.get("former_card", "") or line.card or ""
    line.fault = _name_fault(f"{given} {family}".strip())
    line.said.update({key: part for key, part in (("given_name", given), ("family_name", family)) if part})
    if not line.label:
        told = (answers[0].text for key, answers in found.items() if key != "rank")
        line.label = " · ".join(islice(told, 4))


def _name_fault(name: str) -> Message | None:
    if not name:
        return msg("Le nom manque.")
    if any(map(str.isdigit, name)):
        return msg("Le nom contient des chiffres.")
    return msg("Le nom est trop long.") if len(name) > _MOST else None


def _sex(line: Line, found: Cells, _context: Context) -> None:
    text = _first(found, "sex")
    if not text:
        return
    try:
        said = cells.sex(text)
        if said != vocabulary.Sex.UNSAID:
            line.said["sex"] = said
    except ValueError:
        line.remarks.append(msg("Sexe illisible\u00a0: «\u00a0%(said)s\u00a0».", said=text[:20]))


def _registered_on(line: Line, found: Cells, _context: Context) -> None:
    if "registered_on" not in found:
        return
    try:
        day = cells.day(found["registered_on"][0].cell)
        if not _DAYS[0] <= day <= _DAYS[1]:
            raise ValueError(day)
        line.said["registered_on"] = day
    except ValueError:
        said = _first(found, "registered_on")[:30]
        line.remarks.append(msg("Date d’inscription illisible\u00a0: «\u00a0%(said)s\u00a0».", said=said))


def _birth(line: Line, found: Cells, context: Context) -> None:
    day = line.said.get("registered_on", context.file_day)
    if "birth" in found:
        _from_birth(line, found["birth"][0].cell, day)
    if "birth_year" not in line.said and line.fault is None and "age" in found:
        _from_age(line, found["age"][0].cell, day)
    about = _first(found, "birth_about")
    if about and "birth_year" in line.said and cells.plain(about) in codes("yes"):
        line.said["birth_year_about"] = True


def _from_birth(line: Line, cell: Cell, day: datetime.date) -> None:
    text = cells.shown(cell)[:30]
    try:
        year, about, whole = cells.birth(cell)
    except ValueError:
        _from_age(line, cell, day, msg("Naissance illisible\u00a0: «\u00a0%(said)s\u00a0».", said=text))
        return
    if not _OLDEST_YEAR <= year <= day.year:
        line.fault = msg("L’année de naissance %(year)s n’est pas possible.", year=str(year))
        return
    line.said.update(birth_year=year, birth_year_about=about)
    if not whole:
        told = {"said": text, "year": str(year)}
        line.remarks.append(
            msg("Date impossible\u00a0: «\u00a0%(said)s\u00a0». Seule l’année %(year)s est gardée.", **told)
        )


def _from_age(line: Line, cell: Cell, day: datetime.date, otherwise: Message | None = None) -> None:
    try:
        year, about = cells.born(cell, day.year)
        line.said.update(birth_year=year, birth_year_about=about)
    except ValueError:
        text = cells.shown(cell)[:30]
        line.remarks.append(otherwise or msg("Âge illisible\u00a0: «\u00a0%(said)s\u00a0».", said=text))


def _phone(line: Line, found: Cells, _context: Context) -> None:
    written = [part for answer in found.get("phone", ()) for part in phones.several(answer.text)]
    if not written:
        return
    numbers = list(dict.fromkeys(phones.normalise(part) for part in written))
    if len(numbers) > 1:
        numbers.sort(key=lambda number: not phones.is_whole(number))
    line.said["phone"] = numbers[0][:_MOST]
    if not phones.is_whole(numbers[0]):
        line.remarks.append(msg("Téléphone à vérifier\u00a0: «\u00a0%(said)s\u00a0».", said=numbers[0][:30]))
    for other in numbers[1:]:
        _note(line, msg("Autre téléphone\u00a0: %(said)s", said=phones.shown(other)))


def _place(line: Line, found: Cells, context: Context) -> None:
    parts = dict.fromkeys(answer.text for answer in found.get("village", found.get("origin", ())))
    if parts:
        line.said["village"] = ", ".join(parts)[:_MOST]
    text = _first(found, "commune")
    if not text:
        return
    in_brackets = text.rpartition("(")[2].rstrip(") ")
    pcode = context.communes.get(cells.plain(in_brackets)) or context.communes.get(cells.plain(text))
    if pcode:
        line.said["commune_pcode"] = pcode
        return
    line.remarks.append(msg("Commune inconnue\u00a0: «\u00a0%(said)s\u00a0».", said=text[:40]))
    _note(line, msg("Commune\u00a0: %(said)s", said=text))


def _words(line: Line, found: Cells, context: Context) -> None:
    for key, name in _LISTS.items():
        if text := _first(found, key):
            line.said[name] = _code(text, key, name, context)
    for key in _TEXTS:
        if text := _first(found, key):
            line.said[key] = text[:_MOST]


def _code(text: str, key: str, name: str, context: Context) -> str:
    own = context.words.get(name, {}).get(fold(text))
    return own or cells.code(text, key)[:_MOST]


def _several(found: Cells, name: str, context: Context) -> list[str]:
    told = [part for answer in found.get(name, ()) for part in phones.several(answer.text)]
    return list(dict.fromkeys(_code(part, name, name, context) for part in told))


def _civic(line: Line, found: Cells, context: Context) -> None:
    if roles := _several(found, "digital_roles", context):
        line.said["digital_roles"] = roles
    if text := _first(found, "guardian_phone"):
        line.said["guardian_phone"] = phones.normalise(text)[:_MOST]
    if (text := _first(found, "civil_society")) and cells.plain(text) in codes("yes"):
        line.said["civil_society"] = True
    if text := _first(found, "partner"):
        partner = context.partners.get(fold(text))
        if partner is None:
            line.remarks.append(msg("Organisation inconnue\u00a0: «\u00a0%(said)s\u00a0».", said=text[:40]))
        else:
            line.said.update(organisation_uid=partner, civil_society=True)


def _languages(line: Line, found: Cells, context: Context) -> None:
    spoken = _several(found, "languages", context)
    spoken += [key.partition(":")[2] for key in found if key.startswith("speaks:")]
    if spoken:
        line.said["languages"] = list(dict.fromkeys(spoken))


def _answers(line: Line, found: Cells, context: Context) -> None:
    for key in _CONSENTS:
        text = _first(found, key)
        if not text:
            continue
        try:
            granted = cells.yes(text)
        except ValueError:
            continue
        day: datetime.date = line.said.get("registered_on", context.file_day)
        try:
            day = cells.day(text.split(" ", 1)[1])
        except (ValueError, IndexError):
            pass
        line.said[key] = (granted, day)


def _notes(line: Line, found: Cells, _context: Context) -> None:
    for answer in found.get("notes", ()):
        lines = _ESCAPED.sub("", cells.visible(str(answer.cell))).splitlines()
        told = [_SPACES.sub(" ", part).strip(" ") for part in lines]
        line.said["notes"] = "\n".join([*told, *line.said.get("notes", "").split("\n")]).strip()
    if "notes" in line.said:
        line.said["notes"] = line.said["notes"][:_NOTES]


def _note(line: Line, text: Message) -> None:
    line.said["notes"] = "\n".join(filter(None, [line.said.get("notes", ""), str(text)]))


READERS = (
    _numbers, _name, _sex, _registered_on, _birth, _phone, _place, _words, _civic, _languages,
    _answers, _notes, own_answers.read,
)  # fmt: skip

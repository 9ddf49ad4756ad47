"""Attested words: the glossary, and what a named speaker has read again."""

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.translations.sources import SHELF

TRUSTED = ("high", "medium")
GAPS_FIELDS = ["francais", "pluriel", "ou", "traduction", "relu_par", "le"]


@dataclass(frozen=True)
class Word:
    """One translation and who answers for it (`CLDR;BAMADABA`, or a speaker and a date)."""

    text: str
    source: str


def glossary_path(code: str) -> Path:
    """The attested words of a language; Bambara's is simply `glossary.csv`."""
    return SHELF / ("glossary.csv" if code == "bm" else f"glossary-{code}.csv")


def gaps_path(code: str) -> Path:
    """The list for speakers: what this language does not say yet."""
    return SHELF / f"a-traduire-{code}.csv"


def attested(code: str) -> dict[str, Word]:
    """French sentence to word, by `key`; a speaker's reading outweighs the glossary."""
    found = {
        key(row["msgid_fr"]): Word(typographic(row[code]), row["source"])
        for row in rows(glossary_path(code))
        if row[code] and row["confidence"] in TRUSTED
    }
    read = {
        key(row["francais"]): Word(row["traduction"], f"TR-REVIEW: {row['relu_par']} {row['le']}".strip())
        for row in answered(code)
        if row["relu_par"].strip()
    }
    return found | read


def word_for(words: dict[str, Word], msgid: str) -> Word | None:
    """The word whose French is exactly `msgid`, with the capital the French has."""
    word = words.get(key(msgid))
    return word and Word(_cased(word.text, msgid), word.source)


def key(text: str) -> str:
    """French as it is compared: typographic apostrophe, first letter in lower case."""
    plain = typographic(text.strip())
    return plain[:1].lower() + plain[1:]


def typographic(text: str) -> str:
    """Catalogues hold ’, whatever the source wrote."""
    return text.replace("'", "’")


def _cased(text: str, like: str) -> str:
    head = text[:1].upper() if like[:1].isupper() else text[:1]
    return head + text[1:]


def answered(code: str) -> list[dict[str, str]]:
    """Rows of the speakers' list that hold a proposal, read again or not."""
    return [row for row in rows(gaps_path(code)) if row["traduction"].strip()]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a shelf's CSV file; none when the file is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        sample = ";" if lines.readline().count(";") else ","
        lines.seek(0)
        return list(csv.DictReader(lines, delimiter=sample))


def write_gaps(code: str, lines: list[dict[str, str]]) -> None:
    """Write the speakers' list, in the form a spreadsheet opens without a question."""
    with gaps_path(code).open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, GAPS_FIELDS, delimiter=";", lineterminator="\r\n")
        out.writeheader()
        out.writerows(lines)

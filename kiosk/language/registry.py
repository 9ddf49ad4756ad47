"""The languages of the machine: one row each in `translations/languages.csv`.

A language is added by a row and a catalogue folder, without code. Soninke, that
Babel does not know, is the row `snk,snk,fr@snk,…`: French dates and plurals,
its own words. A row that is not `published` is offered nowhere, yet an explicit
choice reaches it, so that a speaker can read a translation before its release.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.paths import shelf

if TYPE_CHECKING:
    from babel import Locale

REGISTRY_NAME = "languages.csv"
SOURCE = "fr"
MAX_HEADER = 500


@dataclass(frozen=True)
class Language:
    """One language as the machine knows it.

    `code` is what cookies and addresses carry, `html_lang` what pages declare,
    `babel_locale` the folder of the catalogue and the source of day names,
    `name` the language written in itself, `plural` its gettext plural rule,
    `staff` whether the pages of the team are wholly in it: those never mix.
    """

    code: str
    html_lang: str
    babel_locale: str
    name: str
    published: bool
    plural: str
    staff: bool = True

    @property
    def locale(self) -> "Locale":
        """Babel's locale; always parses, since the registry was checked on reading."""
        from babel import Locale

        return Locale.parse(self.babel_locale)

    @property
    def is_source(self) -> bool:
        """True for French, the language every sentence is first written in."""
        return self.code == SOURCE


def read(path: Path) -> tuple[Language, ...]:
    """Read a registry file. Raises ValueError naming the first row that is unusable."""
    with path.open(encoding="utf-8", newline="") as lines:
        found = tuple(_language(row) for row in csv.DictReader(lines))
    if SOURCE not in {language.code for language in found}:
        raise ValueError(f"{path} : la langue « {SOURCE} » manque")
    return found


def _language(row: dict[str, str]) -> Language:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(row["babel_locale"])
        return Language(
            code=row["code"],
            html_lang=row["html_lang"],
            babel_locale=row["babel_locale"],
            name=row["name"],
            published=row["published"] == "oui",
            plural=row["plural"],
            staff=row.get("staff", "oui") == "oui",
        )
    except (LookupError, ValueError, TypeError, UnknownLocaleError) as error:
        raise ValueError(f"langue inutilisable : {row} ({error})") from error


@cache
def languages() -> tuple[Language, ...]:
    """Every language of the registry, hidden ones included."""
    return read(shelf("translations") / REGISTRY_NAME)


def prepare() -> None:
    """Read what writing dates and numbers needs of the published languages, once and at start.

    Babel reads two megabytes about every territory of the world on the way. Nothing
    here asks for them again, and where something should, they are read again.
    """
    from babel import Locale, core

    for language in published():
        Locale(language.babel_locale).days["format"]["wide"]
    core._global_data = None


def published() -> tuple[Language, ...]:
    """The languages offered to readers, in the order of the switch."""
    return tuple(language for language in languages() if language.published)


def get(code: str | None) -> Language | None:
    """The language with this exact code, or None for anything unknown."""
    return next((language for language in languages() if language.code == code), None)


def source() -> Language:
    """French, the language of every msgid."""
    return next(language for language in languages() if language.is_source)


def choose(explicit: str | None, accept_language: str | None) -> Language:
    """Pick the reader's language: the explicit choice, else the browser's, else French.

    Both arguments come raw from the network: whatever they hold, the result is
    a row of the registry.
    """
    return get(explicit) or _accepted(accept_language or "") or source()


def _accepted(header: str) -> Language | None:
    """Best published language of an Accept-Language header (`fr-ML,bm;q=0.8`)."""
    wanted = sorted(map(_weighed, header[:MAX_HEADER].split(",")), reverse=True, key=lambda w: w[0])
    offered = {language.html_lang.lower(): language for language in published()}
    for weight, tag in wanted:
        if weight > 0 and tag in offered:
            return offered[tag]
    return None


def _weighed(part: str) -> tuple[float, str]:
    """`fr-ML;q=0.8` as (0.8, "fr"); a garbage weight counts as zero."""
    tag, _, quality = part.partition(";")
    name = tag.strip().lower().split("-")[0]
    if not quality.strip():
        return 1.0, name
    text = quality.strip().removeprefix("q=")
    return (float(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else 0.0), name

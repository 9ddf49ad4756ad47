"""Help for writers: what the text says already, what it still lacks.

Nothing here refuses anything but `missing`, which names what a reader at the
editorial desk cannot do without: a title, a text, a place and a date.
"""

import re
from typing import NamedTuple

from kiosk.language import Message, fmt, fold, msg, nmsg
from kiosk.posts.models import Kind
from kiosk.posts.text import Text, count_words

TITLE_SIGNS = (10, 70)
STANDFIRST_SIGNS = (30, 200)
BODY_WORDS = {Kind.ARTICLE: (80, 800), Kind.NOTICE: (5, 150)}
_NAMES_SHOWN = 2
_REASON_SIGNS = 40

# Two capitalised words in a row: « Hawa Diawara », « Nioro du Sahel » is left to the place.
_NAME = re.compile(r"\b[A-ZÀ-ÝƐƆƝŊ][a-zà-ÿɛɔɲŋ’'-]+ [A-ZÀ-ÝƐƆƝŊ][\wà-ÿɛɔɲŋ’'-]+")
_REASON = re.compile(
    r"\b(?:afin (?:de|que)|parce qu|car |grâce |puisqu|c’est pourquoi"
    r"|pour (?:que |qu’|[a-zà-ÿ]+(?:er|ir|re|oir)\b))[^.!?;\n]*"
)
_QUOTED = re.compile(r"«[^»]+»|“[^”]+”|^— ", re.MULTILINE)


class Check(NamedTuple):
    """One question to the text: whether it answers, and the answer or the advice."""

    good: bool
    name: Message
    note: Message | str


def checks(text: Text, kind: str = Kind.ARTICLE, quotes_agreed: bool = False) -> list[Check]:
    """Return the questions of the checklist, answered from the text alone."""
    found = [_title(text), _where(text), _when(text), _length(text, kind)]
    if kind == Kind.NOTICE:
        return found
    found = [found[0], _what(text), _who(text), *found[1:3], _why(text), found[3]]
    if _QUOTED.search(text.body):
        found.append(_quoted(quotes_agreed))
    return found


def missing(text: Text, kind: str = Kind.ARTICLE) -> list[tuple[str, Message]]:
    """Return (field, sentence) for what must be there before the text leaves its writers."""
    wanted: list[tuple[str, object, Message]] = [
        ("title", text.title, msg("Écrivez un titre. Exemple : Les femmes du marché passent au tableur.")),
        ("body", text.body, msg("Écrivez le texte.")),
    ]
    if kind != Kind.NOTICE:
        wanted += [
            ("place", text.place, msg("Dites où. Exemple : Nioro, salle 1.")),
            ("event_date", text.event_date, msg("Dites quand. Exemple : 19/11/2026.")),
        ]
    return [(field, sentence) for field, value, sentence in wanted if not value]


def _between(size: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= size <= bounds[1]


def _title(text: Text) -> Check:
    size = len(text.title)
    if not size:
        return Check(False, msg("Titre"), msg("Écrivez un titre."))
    note = nmsg("%(n)s signe sur %(most)s", "%(n)s signes sur %(most)s", size, most=TITLE_SIGNS[1])
    return Check(_between(size, TITLE_SIGNS), msg("Titre"), note)


def _what(text: Text) -> Check:
    size = len(text.standfirst)
    if not size:
        return Check(False, msg("Quoi ?"), msg("Dites l’essentiel en deux phrases."))
    note = nmsg("%(n)s signe sur %(most)s", "%(n)s signes sur %(most)s", size, most=STANDFIRST_SIGNS[1])
    return Check(_between(size, STANDFIRST_SIGNS), msg("Quoi ?"), note)


def _who(text: Text) -> Check:
    names = [text.ngo_name] if text.ngo_name else []
    place = fold(text.place)
    said = _NAME.findall(f"{text.standfirst}\n{text.body}")
    names += [name for name in dict.fromkeys(said) if fold(name) not in place]
    if not names:
        return Check(False, msg("Qui ?"), msg("Nommez une personne ou une organisation."))
    return Check(True, msg("Qui ?"), fmt.join(names[:_NAMES_SHOWN]))


def _where(text: Text) -> Check:
    return Check(bool(text.place), msg("Où ?"), text.place or msg("Écrivez le lieu."))


def _when(text: Text) -> Check:
    if text.event_date is None:
        return Check(False, msg("Quand ?"), msg("Écrivez la date."))
    return Check(True, msg("Quand ?"), fmt.date_medium(text.event_date))


def _why(text: Text) -> Check:
    found = _REASON.search(f"{text.standfirst}\n{text.body}")
    if text.language == "fr" and not found:
        return Check(False, msg("Pourquoi ?"), msg("Dites la raison ou le but."))
    if not found:
        return Check(bool(text.body), msg("Pourquoi ?"), msg("Dites la raison ou le but."))
    return Check(True, msg("Pourquoi ?"), _shortened(found[0]))


def _shortened(words: str) -> str:
    whole = " ".join(words.split())
    if len(whole) <= _REASON_SIGNS:
        return whole
    return f"{whole[:_REASON_SIGNS].rsplit(' ', 1)[0]}…"


def _length(text: Text, kind: str) -> Check:
    size, bounds = count_words(text.body), BODY_WORDS[Kind.NOTICE if kind == Kind.NOTICE else Kind.ARTICLE]
    if _between(size, bounds):
        return Check(True, msg("Longueur"), nmsg("%(n)s mot", "%(n)s mots", size))
    advice = msg("un peu long") if size > bounds[1] else msg("un peu court")
    note = nmsg("%(n)s mot : %(advice)s", "%(n)s mots : %(advice)s", size, advice=advice)
    return Check(False, msg("Longueur"), note)


def _quoted(agreed: bool) -> Check:
    note = msg("Accord noté.") if agreed else msg("Demandez l’accord de la personne citée.")
    return Check(agreed, msg("Qui parle ?"), note)

"""Names in one cell: which word is the family's.

Order varies (COULIBALY Awa, Awa Coulibaly): capitals say it first, then the
family names everybody knows, then the title of the column.
"""

import re
from functools import lru_cache

from kiosk.language import fold

# Family names common in the Kayes region, folded; they only decide which end of a cell is the family's.
_FAMILIES = frozenset(
    "traore coulibaly diarra keita kone sissoko cissoko sissako konate toure cisse diallo sangare sidibe"
    " diakite dembele doumbia camara sacko sakho soumare bathily simaga niangado kanoute magassa magassouba"
    " drame doucoure diawara tounkara fofana sylla ba bah sow ly kane tall thiam ndiaye diop niakate kebe"
    " gassama tandia wague yattabare soukouna sakiliba dicko maiga haidara samake bagayoko berthe sanogo"
    " ouattara dao dante tangara kouyate diabate dansoko macalou barry bocoum guindo togo tambadou tandjigora"
    " marega niare soukho danioko kamissoko bagayogo sidi dabo fane mariko sogoba ballo dagnoko".split()
)
_PARTS = re.compile(r"([\s\-'’])")


def split(text: str, family_first: bool) -> tuple[str, str]:
    """Return (given name, family name) of a full name; one word alone is a given name."""
    words = tidy(text).split()
    if len(words) < 2:
        return (words[0] if words else "", "")
    raw = text.split()
    shouted = [len(word) > 1 and word.isupper() for word in raw]
    if any(shouted) and not all(shouted):
        family = [word for word, loud in zip(words, shouted, strict=True) if loud]
        given = [word for word, loud in zip(words, shouted, strict=True) if not loud]
        return " ".join(given), " ".join(family)
    if _family_leads(words, family_first):
        return " ".join(words[1:]), words[0]
    return " ".join(words[:-1]), words[-1]


def _family_leads(words: list[str], family_first: bool) -> bool:
    first, last = _is_family(words[0]), _is_family(words[-1])
    return first if first != last else family_first


@lru_cache(maxsize=5_000)
def _is_family(word: str) -> bool:
    return fold(word).replace("'", "") in _FAMILIES


@lru_cache(maxsize=5_000)
def tidy(text: str) -> str:
    """Return a name with one space between words; words all in one case get their capital."""
    plain = " ".join(text.replace("'", "’").replace("`", "’").split())
    return " ".join(_word(word) for word in plain.split(" "))


@lru_cache(maxsize=5_000)
def _word(word: str) -> str:
    if not (word.isupper() or word.islower()):
        return word
    return "".join(part.capitalize() for part in _PARTS.split(word))

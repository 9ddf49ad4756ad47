"""Two versions of a text side by side: what was taken out, what was put in. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from kiosk.language import fmt, msg
from kiosk.posts.text import Text

Part = tuple[str, bool]
_WORDS = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Pair:
    """One paragraph of two versions as (words, changed) parts; empty where a version lacks it."""

    old: list[Part]
    new: list[Part]

    @property
    def same(self) -> bool:
        """Tell whether both versions say the same here."""
        return self.old == self.new


def compare(old: Text, new: Text) -> list[Pair]:
    """Return two versions side by side, paragraph by paragraph, the changed words marked."""
    left, right = _paragraphs(old), _paragraphs(new)
    pairs: list[Pair] = []
    for _, a, b, c, d in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        pairs += [_pair(*both) for both in zip_longest(left[a:b], right[c:d], fillvalue="")]
    return pairs


def _paragraphs(text: Text) -> list[str]:
    day = fmt.date_medium(text.event_date) if text.event_date else ""
    head = [text.title, text.standfirst, " · ".join(part for part in (text.place, day) if part)]
    signed = " · ".join(part for part in (text.author_name, text.collective_name, text.ngo_name) if part)
    picture = str(msg("Photo\u00a0: %(words)s", words=text.picture_words)) if text.picture else ""
    return [part for part in (*head, picture, *text.body.split("\n\n"), signed) if part.strip()]


def _pair(old: str, new: str) -> Pair:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    left: list[Part] = []
    right: list[Part] = []
    for verb, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        left += _parts("".join(before[a:b]), verb != "equal")
        right += _parts("".join(after[c:d]), verb != "equal")
    return Pair(left, right)


def _parts(words: str, changed: bool) -> list[Part]:
    """Leave the space before changed words unmarked."""
    bare = words.lstrip()
    gap = words[: len(words) - len(bare)]
    parts = [(gap, False), (bare, True)] if changed else [(words, False)]
    return [part for part in parts if part[0]]

"""What must never stand in a catalogue: lint for Bambara, placeholders for all."""

import re
import unicodedata

from babel.messages.catalog import Catalog, Message

from tests.translations.books import is_said, sentences, singular

LETTERS = set("abcdeɛfghijklmnɲŋoɔprstuwyz" + "qvx")
SIGNS = set(" ’-.,:;!?()«»\u00a0\u202f…/·%0123456789")
MARKUP = re.compile(r"%\(\w+\)[a-z]|%%|<[^>]+>")
PLACEHOLDER = re.compile(r"%\((\w+)\)")
OLD_SPELLING = re.compile(r"ny|[èéòóêô]", re.I)
COMPOUNDS = re.compile(r"ɲɔgɔnye", re.I)
"""Attested words in which an n meets a y: « ɲɔgɔn » and « ye », no old way of writing ɲ."""
LONGEST = 3.5


def placeholders(text: str) -> set[str]:
    """The names a sentence needs."""
    return set(PLACEHOLDER.findall(text))


def wrong_placeholders(book: Catalog) -> list[str]:
    """Said sentences that lost or gained a placeholder (a singular may do without its count)."""
    return [
        f"{singular(sentence)} → {text}"
        for sentence in sentences(book)
        if is_said(sentence)
        for text in forms(sentence)
        if not _needed(sentence)[0] <= placeholders(text) <= _needed(sentence)[-1]
    ]


def _needed(sentence: Message) -> tuple[set[str], set[str]]:
    """The placeholders a translation must hold, and those it may."""
    ids = sentence.id if isinstance(sentence.id, tuple | list) else [sentence.id]
    named = [placeholders(text) for text in ids]
    return set.intersection(*named), set.union(*named)


def wrong_bambara(book: Catalog) -> list[str]:
    """Every Bambara string that breaks the rules of writing, with the reason."""
    return [
        f"{text} : {fault}"
        for sentence in sentences(book)
        if is_said(sentence)
        for text in forms(sentence)
        for fault in faults(text, singular(sentence))
    ]


def faults(text: str, french: str) -> list[str]:
    """What is wrong with one Bambara string."""
    bare = MARKUP.sub("", text)
    strange = {sign for sign in bare.lower() if sign not in LETTERS | SIGNS}
    found = {
        f"strange signs {sorted(strange)}": bool(strange),
        "spelling of before the reform": bool(OLD_SPELLING.search(COMPOUNDS.sub("", bare))),
        "not composed (NFC)": unicodedata.normalize("NFC", text) != text,
        "space at an end": text != text.strip(),
        "much longer than the French": len(text) > LONGEST * max(len(french), 4),
    }
    return [fault for fault, broken in found.items() if broken]


def forms(sentence: Message) -> list[str]:
    """The text or texts of a sentence."""
    return list(sentence.string) if isinstance(sentence.string, tuple | list) else [str(sentence.string)]

"""Room card: words, letters and figures in the reader's language.

What lives here: the registry of languages (data, `translations/languages.csv`),
translatable sentences (`msg`, `nmsg`), folding for search, sort keys, and every
format of a number, an amount or a date. What it may touch: the standard
library, Babel and the translations shelf; never Flask, never a room.

Promises: a garbage language choice gives French, never an error; a missing
translation shows good French, never a key; numbers follow French rules in
every language; no other module of the project formats or parses a number.
"""

from kiosk.language import formats
from kiosk.language.folding import fold, loose, sort_key
from kiosk.language.messages import (
    Html,
    Message,
    catalogue,
    current,
    is_translated,
    msg,
    nmsg,
    ntr,
    ntranslate,
    switch,
    tr,
    translate,
    use,
)
from kiosk.language.registry import SOURCE, Language, choose, get, languages, prepare, published

fmt = formats

__all__ = [
    "SOURCE",
    "Html",
    "Language",
    "Message",
    "catalogue",
    "choose",
    "current",
    "fmt",
    "fold",
    "formats",
    "get",
    "is_translated",
    "languages",
    "loose",
    "msg",
    "nmsg",
    "ntr",
    "ntranslate",
    "prepare",
    "published",
    "sort_key",
    "switch",
    "tr",
    "translate",
    "use",
]

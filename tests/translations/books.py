"""The catalogues of each language, made from the sentences and the attested words."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from kiosk.language.registry import Language
from tests.translations.sources import SHELF, empty
from tests.translations.words import Word, attested, word_for


def french(template: Catalog) -> Catalog:
    """The source language, filled: without it `gettext` would say « 0 places »."""
    book = empty("fr")
    for sentence in sentences(template):
        book.add(sentence.id, sentence.id, sentence.locations, context=sentence.context)
    return book


def spoken(template: Catalog, language: Language) -> Catalog:
    """Another language: attested words only, the rest left empty for speakers."""
    words = attested(language.code)
    book = empty(language.babel_locale)
    for sentence in sentences(template):
        word = word_for(words, singular(sentence))
        book.add(
            sentence.id,
            _text(sentence, word, language),
            sentence.locations,
            context=sentence.context,
            auto_comments=[word.source] if word else (),
        )
    return book


def _text(sentence: Message, word: Word | None, language: Language) -> str | tuple[str, ...]:
    forms = plural_forms(language) if sentence.pluralizable else 1
    text = word.text if word and forms == 1 else ""
    return (text,) * forms if sentence.pluralizable else text


def plural_forms(language: Language) -> int:
    """How many plural forms the registry gives the language (`nplurals=1; …`)."""
    return int(language.plural.split(";")[0].removeprefix("nplurals="))


def sentences(book: Catalog) -> list[Message]:
    """Every sentence but the header, in a stable order."""
    found = [sentence for sentence in book if sentence.id]
    return sorted(found, key=lambda sentence: (singular(sentence), str(sentence.context)))


def singular(sentence: Message) -> str:
    """The French sentence; of a plural pair, the first."""
    return sentence.id[0] if isinstance(sentence.id, tuple | list) else str(sentence.id)


def is_said(sentence: Message) -> bool:
    """True when every form holds text (Babel counts an empty plural as translated)."""
    forms = sentence.string if isinstance(sentence.string, tuple | list) else [sentence.string]
    return bool(forms) and all(forms)


def compiled(book: Catalog, plural: str) -> bytes:
    """The `.mo` file. Unsaid sentences stay out, so that French shows through."""
    slim = empty(str(book.locale))
    for sentence in sentences(book):
        if is_said(sentence):
            slim.add(sentence.id, sentence.string, context=sentence.context)
    buffer = BytesIO()
    write_mo(buffer, _ruled(slim, plural))
    return buffer.getvalue()


def printed(book: Catalog, plural: str) -> bytes:
    """The `.po` or `.pot` file: sorted, files without line numbers, no fuzzy guess."""
    buffer = BytesIO()
    write_po(buffer, _ruled(book, plural), width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def _ruled(book: Catalog, plural: str) -> Catalog:
    """Give the book the registry's plural rule: Babel's own is wrong for Bambara."""
    if plural:
        book.mime_headers = [("Plural-Forms", plural)]
    return book


def folder(language: Language, shelf: Path = SHELF) -> Path:
    """Where a language keeps its catalogue."""
    return shelf / language.babel_locale / "LC_MESSAGES"

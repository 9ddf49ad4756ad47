"""Sentences that are translated when they are shown, not when they are written.

In Python: `msg("Le membre %(name)s existe déjà.", name=name)` and
`nmsg("%(n)s place", "%(n)s places", free)` give a lazy `Message`; `str()` reads
it in the language of the moment (a context variable: `use`, `switch`). The
count of `nmsg` is at hand as `%(n)s`, written by French number rules.

In templates: `_("…")`, `ngettext`, `{% trans %}` give plain text, for attributes
and titles. In the body of a public page use `tr("…")` and `ntr(one, many, n)`:
where the page's language has no word yet, the French remainder comes wrapped in
`<span lang="fr">`, so that a screen reader and the fonts know. `tr` also takes
a `Message`. The values of its parameters are escaped; its msgids hold no markup.

A percent sign is written `%%` in every msgid, as Jinja asks. A broken
placeholder in a translation shows the French sentence: no page fails for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from kiosk.language import registry
from kiosk.language.figures import Count
from kiosk.language.registry import Language
from kiosk.paths import shelf

folders: list[Path] = []
"""Folders searched for catalogues before the shelf (a test puts its pseudo-locale here)."""

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_QUOTED = _MARKUP | str.maketrans({'"': "&quot;", "'": "&#x27;"})
"""What `html.escape` writes, without the two thousand names of characters that `html` holds."""

_current: ContextVar[Language | None] = ContextVar("language", default=None)


class Html(str):
    """Text that is already safe markup: template engines do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        """The protocol of template engines for safe markup."""
        return str(self)


class _French(NullTranslations):
    """End of every chain of catalogues: the msgid, with the French plural rule."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


class _Silence(NullTranslations):
    """End of a chain of catalogues that answers nothing rather than the msgid."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@dataclass(frozen=True)
class Message:
    """A sentence to be said later, in whatever language is then current."""

    msgid: str
    plural: str = ""
    n: int = 0
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in the current language."""
        return _said(self, self.params)

    def __mod__(self, _values: object) -> str:
        """The sentence, whole already: form validators fill their messages with `%`."""
        return str(self)

    def __hash__(self) -> int:
        return hash((self.msgid, self.plural, self.n))


def msg(text: str, **params: Any) -> Message:
    """A lazy sentence. `text` is French and is extracted for the catalogues."""
    return Message(text, params=params)


def nmsg(singular: str, plural: str, n: int, **params: Any) -> Message:
    """A lazy sentence that agrees with the count `n`, shown as `%(n)s`."""
    return Message(singular, plural, n, params)


def current() -> Language:
    """The language of the moment; French where nobody chose."""
    return _current.get() or registry.source()


def switch(language: Language | str | None) -> None:
    """Set the language of the moment (the web does it at the start of each request)."""
    _current.set(_resolved(language))


@contextmanager
def use(language: Language | str | None) -> Iterator[None]:
    """Speak `language` (a row or its code) inside the block; unknown means French."""
    token = _current.set(_resolved(language))
    try:
        yield
    finally:
        _current.reset(token)


def _resolved(language: Language | str | None) -> Language | None:
    return language if isinstance(language, Language) else registry.get(language)


def translate(msgid: str, **params: Any) -> str:
    """The sentence in the current language, else in French."""
    return str(Message(msgid, params=params))


def ntranslate(singular: str, plural: str, n: int, **params: Any) -> str:
    """The sentence that agrees with `n` in the current language, else in French."""
    return str(Message(singular, plural, n, params))


def is_translated(text: str | Message) -> bool:
    """True where the current language itself has this sentence (always in French)."""
    language = current()
    return language.is_source or bool(_template(_message(text), _own(language)))


def tr(text: str | Message, **params: Any) -> Html:
    """Safe markup of a sentence; a French remainder carries `lang="fr"`."""
    message = _message(text, params)
    safe = {key: _safe(value) for key, value in message.params.items()}
    body = _said(message, safe, lambda template: template.translate(_MARKUP))
    if is_translated(message):
        return Html(body)
    return Html(f'<span lang="{registry.source().html_lang}">{body}</span>')


def ntr(singular: str, plural: str, n: int, **params: Any) -> Html:
    """`tr` for a sentence that agrees with `n`."""
    return tr(Message(singular, plural, n, params))


def _message(text: str | Message, params: dict[str, Any] | None = None) -> Message:
    return text if isinstance(text, Message) else Message(text, params=params or {})


def _said(message: Message, params: dict[str, Any], guard: Callable[[str], str] = str) -> str:
    """Fill the translated sentence; a broken translation gives way to French."""
    values = {"n": Count(message.n), **params} if message.plural else params
    for language in (current(), registry.source()):
        try:
            return guard(_template(message, catalogue(language))) % values
        except (KeyError, ValueError, TypeError):
            continue
    return guard(message.msgid)


def _safe(value: Any) -> str:
    if isinstance(value, Message):
        return tr(value)
    return value.__html__() if hasattr(value, "__html__") else str(value).translate(_QUOTED)


def _template(message: Message, words: NullTranslations) -> str:
    if message.plural:
        return words.ngettext(message.msgid, message.plural, abs(message.n))
    return words.gettext(message.msgid)


def catalogue(language: Language | None = None) -> NullTranslations:
    """The catalogue of a language (the current one by default), French behind it.

    This is what the web hands to its templates: one set of catalogues for both.
    """
    return _catalogue(language or current(), tuple(folders))


@cache
def _catalogue(language: Language, places: tuple[Path, ...]) -> NullTranslations:
    words = _load(language, places)
    words.add_fallback(_French() if language.is_source else _catalogue(registry.source(), places))
    return words


def _own(language: Language) -> NullTranslations:
    return _alone(language, tuple(folders))


@cache
def _alone(language: Language, places: tuple[Path, ...]) -> NullTranslations:
    words = _load(language, places)
    words.add_fallback(_Silence())
    return words


def _load(language: Language, places: tuple[Path, ...]) -> NullTranslations:
    """Read one language's file; a language without a file yields an empty catalogue.

    French says what the program says, in the same words: its own file, a megabyte in
    memory, is for translators. Python's own reader, not Babel's: that one brings
    five megabytes of dates and time zones into every command.
    """
    for place in (*places, *(() if language.is_source else (shelf("translations"),))):
        path = place / language.babel_locale / "LC_MESSAGES" / "messages.mo"
        if path.exists():
            with path.open("rb") as compiled:
                return GNUTranslations(compiled)
    return NullTranslations()

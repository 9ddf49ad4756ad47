"""How a material is said on a page; templates know this module as `lib`.

Text in another language than the page's comes wrapped in its `lang`.
"""

from html import escape
from itertools import groupby

from kiosk.language import Html, Message, current, formats, msg, nmsg, tr
from kiosk.library.models import Material
from kiosk.library.queries import Item, Sheet
from kiosk.library.text import pages as pages_of
from kiosk.library.vocabulary import (
    KIND_ICONS,
    KIND_TONES,
    KINDS,
    LICENCES,
    OTHER_LANGUAGES,
    PARTS,
    THEME_ICONS,
    THEMES,
    Kind,
    Theme,
    language_name,
    language_names,
)

UNKNOWN = "text"
_VERBS: dict[str, Message] = {
    Kind.VIDEO: msg("Regarder"),
    Kind.SOUND: msg("Écouter"),
    Kind.BOOK: msg("Lire"),
    Kind.IMAGE: msg("Regarder"),
    Kind.TEXT: msg("Ouvrir"),
}
_ORIGINS: dict[str, Message] = {
    Kind.VIDEO: msg("D’où vient cette vidéo"),
    Kind.SOUND: msg("D’où vient ce son"),
    Kind.BOOK: msg("D’où vient ce livre"),
    Kind.IMAGE: msg("D’où vient cette image"),
    Kind.TEXT: msg("D’où vient ce texte"),
}
WRONG_TYPE = msg("Ce type de fichier n’est pas accepté. Envoyez un MP4, un MP3, une image ou un PDF.")
REVIEW = msg("À relire par un locuteur")


def said(text: str, code: str) -> Html:
    """Escaped text, marked with its language where that is not the page's."""
    safe = escape(text, quote=False)
    return Html(safe if code in (current().code, "zxx") else f'<span lang="{escape(code)}">{safe}</span>')


def title(material: Material) -> Html:
    """The title in the reader's language where there is one."""
    return said(*material.title_in(current().code))


def kind(material: Material) -> Message | str:
    """« Vidéo », « Son »… or the raw word of a newer release."""
    return KINDS.get(material.kind, str(material.kind))


def icon(material: Material) -> str:
    """The icon of a material's kind."""
    return KIND_ICONS.get(material.kind, UNKNOWN)


def tone(material: Material) -> str:
    """The ground of that icon."""
    return KIND_TONES.get(material.kind, "sand")


def verb(material: Material) -> Message:
    """What the main button offers to do."""
    return _VERBS.get(material.kind, _VERBS[Kind.TEXT])


def origin(material: Material) -> Message:
    """The heading of its credits."""
    return _ORIGINS.get(material.kind, _ORIGINS[Kind.TEXT])


def theme(material: Material) -> Html:
    """The name of a material's shelf: ours in the reader's language, another as somebody wrote it."""
    name = THEMES.get(material.theme, material.shelf or str(material.theme))
    return tr(name) if isinstance(name, Message) else said(name, "fr")


def drawing(material: Material) -> str:
    """Which of the drawings of shelves stands for a material."""
    return material.theme if material.theme in THEMES else Theme.OTHER


def language(code: str) -> Html:
    """A language's name, in itself where the machine speaks it."""
    name = language_name(code)
    return tr(name) if isinstance(name, Message) else said(name, code)


def length(material: Material) -> str | Message:
    """Duration or pages, « » when neither means anything."""
    if material.seconds:
        return formats.duration(material.seconds)
    count = material.pages or (pages_of(material.body) if material.kind == Kind.TEXT and material.body else 0)
    return nmsg("%(n)s page", "%(n)s pages", count) if count else ""


def meta(material: Material, size: int | None = None) -> Html:
    """The small line under a title: kind, length, size, and the language when it is not the reader's."""
    foreign = material.language not in (current().code, "zxx")
    parts: list[str | Message] = [kind(material), length(material), formats.size(size) if size else ""]
    shown = [_plain(part) for part in parts if part]
    return Html(" · ".join([*shown, *([language(material.language)] if foreign else [])]))


def under(material: Material, size: int | None = None) -> Html:
    """The small line of a shelf: the French title first, where the one above is another."""
    above = material.title_in(current().code)
    french = [said(material.title, "fr")] if above[1] != "fr" else []
    return Html(" · ".join([*french, meta(material, size)]))


def _plain(part: str | Message) -> str:
    return tr(part) if isinstance(part, Message) else escape(part)


def facts(sheet: Sheet, giver: str = "") -> list[tuple[Html, str]]:
    """The credits of a material, what is known of them; `giver` is the space that shared it."""
    one = sheet.material
    known: list[tuple[Message, object]] = [
        (msg("Partagé par"), giver),
        (msg("Auteur"), one.author),
        (msg("Autres noms"), one.credit),
        (msg("Année"), one.year),
        (msg("Collection"), one.collection),
        (msg("Droit de copie"), LICENCES.get(one.licence, str(one.licence))),
        (msg("Ouvert ici"), nmsg("%(n)s fois", "%(n)s fois", sheet.reads) if sheet.reads else ""),
    ]
    return [(tr(name), _fact(value)) for name, value in known if value]


def _fact(value: object) -> str:
    return tr(value) if isinstance(value, Message) else Html(escape(str(value)))


def sections(items: list[Item]) -> list[tuple[Html, list[Item]]]:
    """Cut an ordered shelf into headed parts: the reader's language by theme, then the others."""
    mine = [item for item in items if item.material.language == current().code]
    others = [item for item in items if item.material.language != current().code]
    parts = _by_shelf(mine)
    if not others:
        return parts
    foreign = _by_shelf(others)
    if current().is_source or not mine:
        return [*parts, (tr("Dans d’autres langues"), others)] if mine else foreign
    return [*parts, *foreign]


def _by_shelf(items: list[Item]) -> list[tuple[Html, list[Item]]]:
    groups = (list(group) for _, group in groupby(items, lambda item: item.material.theme))
    return [(theme(group[0].material), group) for group in groups]


__all__ = [
    "LICENCES",
    "OTHER_LANGUAGES",
    "PARTS",
    "REVIEW",
    "THEMES",
    "THEME_ICONS",
    "WRONG_TYPE",
    "drawing",
    "facts",
    "icon",
    "kind",
    "language",
    "language_names",
    "length",
    "meta",
    "origin",
    "said",
    "sections",
    "theme",
    "title",
    "tone",
    "under",
    "verb",
]  # fmt: skip

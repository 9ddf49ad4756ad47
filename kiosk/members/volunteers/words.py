"""The words of volunteers: families of skills, and when somebody is free. A code is never removed."""

from collections.abc import Iterable, Mapping

from kiosk.language import Message, msg

FAMILIES: Mapping[str, Message] = {
    "technical": msg("Technique"),
    "linguistic": msg("Linguistique"),
    "organising": msg("Organisation"),
}
SLOTS: Mapping[str, Message] = {
    "week": msg("En semaine, le jour"),
    "evening": msg("Le soir"),
    "weekend": msg("Samedi et dimanche"),
    "holidays": msg("Pendant les vacances"),
    "remote": msg("À distance"),
}


def said(words: Mapping[str, Message], codes: Iterable[str] | None) -> list[str]:
    """Return the words of codes; one this version does not know shows itself."""
    return [str(words.get(code, code)) for code in codes or ()]

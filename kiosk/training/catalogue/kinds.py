"""Kinds of sessions: their words, and the one table that says which of them are training.

Only training makes people trained, person-days and attestations. The others are
counted by themselves: how many were held, how many people came, who spoke.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.language import Message, msg
from kiosk.training.catalogue.models import SessionKind


@dataclass(frozen=True)
class Kind:
    """One kind: its word, its word for several, and whether it counts as training."""

    word: Message
    several: Message
    trains: bool


KINDS: Mapping[str, Kind] = {
    SessionKind.COURSE: Kind(msg("Cours"), msg("Cours"), True),
    SessionKind.WORKSHOP: Kind(msg("Atelier"), msg("Ateliers"), True),
    SessionKind.ACTION: Kind(msg("Formation-action"), msg("Formations-actions"), True),
    SessionKind.DEBATE: Kind(msg("Débat"), msg("Débats"), False),
    SessionKind.CONSULTATION: Kind(msg("Concertation"), msg("Concertations"), False),
    SessionKind.EXCHANGE: Kind(msg("Cadre d’échange"), msg("Cadres d’échange"), False),
    SessionKind.MEETING: Kind(msg("Réunion"), msg("Réunions"), False),
}
TRAINING = tuple(kind for kind, one in KINDS.items() if one.trains)
GATHERINGS = tuple(kind for kind, one in KINDS.items() if not one.trains)


def is_training(kind: str) -> bool:
    """Tell whether a kind is training; one of a newer release is not, until this one knows it."""
    return kind in TRAINING


def word(kind: str) -> Message | str:
    """Return the word of a kind; one of a newer release shows itself."""
    return KINDS[kind].word if kind in KINDS else kind


def several(kind: str) -> Message | str:
    """Return the word of a kind for several of them."""
    return KINDS[kind].several if kind in KINDS else kind

"""The life of a post: which move leads where, and who may make it. Pure tables.

An article is written at the kiosk (draft, returned), read at the editorial desk
(queued, approved, published) and goes back to its writers only by a move. A
notice is put up and taken down by the space's own manager.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.language import Message, msg
from kiosk.posts.models import Kind, State

_EDITABLE = frozenset({State.DRAFT, State.RETURNED})


class Side(StrEnum):
    """In which quality a person acts on a post."""

    WRITER = "writer"
    MANAGER = "manager"
    REVIEWER = "reviewer"


@dataclass(frozen=True)
class Move:
    """One way out of some states; `to` None leaves the state as it is.

    `shown`: only where readers see a text of this post. `comment`: the person says why.
    """

    name: str
    kind: Kind
    side: Side
    origins: frozenset[State]
    to: State | None
    comment: bool = False
    shown: bool = False


def _move(name: str, kind: Kind, side: Side, origins: str, to: State | None, **options: bool) -> Move:
    return Move(name, kind, side, frozenset(map(State, origins.split())), to, **options)


_A, _N = Kind.ARTICLE, Kind.NOTICE
_W, _M, _R = Side.WRITER, Side.MANAGER, Side.REVIEWER

MOVES = (
    _move("submit", _A, _W, "draft returned", State.QUEUED),
    _move("recall", _A, _W, "queued", State.DRAFT),
    _move("wait", _A, _W, "queued", None),
    _move("revise", _A, _W, "published withdrawn", State.DRAFT),
    _move("send_back", _A, _R, "queued", State.RETURNED, comment=True),
    _move("approve", _A, _R, "queued", State.APPROVED),
    _move("plan", _A, _R, "approved", None),
    _move("publish", _A, _R, "approved withdrawn", State.PUBLISHED),
    _move("reopen", _A, _R, "approved published withdrawn", State.QUEUED),
    _move("withdraw", _A, _R, "approved published archived", State.WITHDRAWN, comment=True),
    _move("take_down", _A, _R, "draft returned queued", None, comment=True, shown=True),
    _move("archive", _A, _R, "published", State.ARCHIVED),
    _move("bring_back", _A, _R, "archived", State.PUBLISHED),
    _move("publish", _N, _M, "draft withdrawn published", State.PUBLISHED),
    _move("withdraw", _N, _M, "published", State.WITHDRAWN),
)
"""What may happen. Writers own draft and returned, the desk everything from queued on;
`take_down` lets the desk hide a published text while its writers prepare the next one."""

WORDS = {
    State.DRAFT: msg("Brouillon"),
    State.QUEUED: msg("À relire"),
    State.RETURNED: msg("À corriger"),
    State.APPROVED: msg("Validé"),
    State.PUBLISHED: msg("Publié"),
    State.WITHDRAWN: msg("Retiré"),
    State.ARCHIVED: msg("Archivé"),
}
"""The word of each state, as on the board, the pill and in the history."""

DEEDS = {
    "create": msg("Commencé"),
    "submit": msg("Envoyé en relecture"),
    "recall": msg("Repris par l’équipe"),
    "wait": msg("Gardé dans la file"),
    "plan": msg("Publication prévue"),
    "revise": msg("Nouvelle version commencée"),
    "send_back": msg("Renvoyé à corriger"),
    "approve": msg("Validé"),
    "publish": msg("Publié"),
    "reopen": msg("Remis à relire"),
    "withdraw": msg("Retiré"),
    "take_down": msg("Retiré du public"),
    "archive": msg("Archivé"),
    "bring_back": msg("Sorti des archives"),
}
"""What the history says of each move."""

COLUMNS = (
    (msg("En écriture"), (State.RETURNED, State.DRAFT)),
    (msg("Au centre"), (State.QUEUED, State.APPROVED)),
    (msg("Chez les lecteurs"), (State.PUBLISHED, State.WITHDRAWN, State.ARCHIVED)),
)
"""The board: whose hands the text is in."""

ORDER = (
    State.RETURNED, State.DRAFT, State.QUEUED, State.APPROVED, State.PUBLISHED,
    State.WITHDRAWN, State.ARCHIVED,
)  # fmt: skip
"""The board's order: what waits for its writer first."""


def word(state: str) -> Message:
    """Return the word of a state; one from a newer version is shown as it came."""
    known = {str(one): said for one, said in WORDS.items()}
    return known.get(str(state), Message(str(state)))


def did(move: str) -> Message:
    """Return what a move did, as the history says it."""
    return DEEDS.get(move, Message(move))


def is_editable(kind: str, state: str) -> bool:
    """Tell whether the writers own the working copy: always for a notice."""
    return kind == Kind.NOTICE or state in _EDITABLE


def find(name: str, kind: str) -> Move | None:
    """Return the move of that name for that kind of post."""
    return next((move for move in MOVES if move.name == name and move.kind == kind), None)


def open_moves(kind: str, state: str, sides: frozenset[Side], shown: bool) -> list[str]:
    """Return the names of the moves a person may make now, in the table's order."""
    return [m.name for m in MOVES if m.kind == kind and m.side in sides and _stands(m, state, shown)]


def why_not(name: str, kind: str, state: str, sides: frozenset[Side], shown: bool) -> Message | None:
    """Return the sentence that refuses a move, None when it may be made."""
    move = find(name, kind)
    if move is None or move.side not in sides:
        return msg("Ce n’est pas à vous de décider cela.")
    if not _stands(move, state, shown):
        return msg("Ce texte est maintenant « %(state)s ». Relisez la page.", state=word(state))
    return None


def _stands(move: Move, state: str, shown: bool) -> bool:
    return state in move.origins and (shown or not move.shown)


DESK = (State.QUEUED, State.RETURNED, State.APPROVED, State.PUBLISHED, State.WITHDRAWN, State.ARCHIVED)
"""The states the desk looks through, its own work first."""

_PATH = (State.DRAFT, State.QUEUED, State.APPROVED, State.PUBLISHED)
_IN_PLACE_OF = {
    State.RETURNED: State.DRAFT,
    State.WITHDRAWN: State.PUBLISHED,
    State.ARCHIVED: State.PUBLISHED,
}


def steps(kind: str, state: str) -> tuple[list[Message], int]:
    """Return the words of the path from draft to readers, and where the post stands on it.

    A returned text stands where drafts stand, under its own word; a withdrawn
    or archived one where published texts stand.
    """
    path = list(_PATH) if kind == Kind.ARTICLE else [State.DRAFT, State.PUBLISHED]
    usual = {str(one): str(other) for one, other in _IN_PLACE_OF.items()}.get(str(state), str(state))
    words = [word(state if one == usual else one) for one in path]
    return words, next((place for place, one in enumerate(path) if one == usual), 0)

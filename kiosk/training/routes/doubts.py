"""The training's part of « À vérifier »."""

from collections.abc import Callable

from flask import url_for

from kiosk.language import Message, nmsg
from kiosk.training import doubts, gone
from kiosk.training.doubts import Found
from kiosk.web.doubts import Doubt


def asker(page: str, deleted: str, gives: bool = False) -> Callable[[], list[Doubt]]:
    """Return what says the training's doubts, each with its session's page.

    `page` is the endpoint of a session, `deleted` that of one that is deleted or has lost a sitting.
    `gives`: seats are given here, so that a free one for which people wait is told.
    """

    def ask() -> list[Doubt]:
        full = [_doubt("people", one, page, _over(one.count)) for one in doubts.overfull()]
        void = [_doubt("sheet", one, page, _void(one.count)) for one in doubts.marked_on_cancelled()]
        lost = [_doubt("sheet", one, deleted, _lost(one.count)) for one in gone.marked_on_deleted()]
        free = [_doubt("people", one, page, _free(one.count)) for one in doubts.freed()] if gives else []
        return free + full + void + lost

    return ask


found = asker("training.show", "training.gone", gives=True)


def _doubt(icon: str, one: Found, page: str, found: Message) -> Doubt:
    return Doubt(icon, one.title, found, url_for(page, uid=one.session_uid))


def _over(count: int) -> Message:
    return nmsg("%(n)s personne de plus que les places.", "%(n)s personnes de plus que les places.", count)


def _void(count: int) -> Message:
    return nmsg("%(n)s présence à une séance annulée.", "%(n)s présences à une séance annulée.", count)


def _lost(count: int) -> Message:
    return nmsg("%(n)s présence à une séance supprimée.", "%(n)s présences à une séance supprimée.", count)


def _free(count: int) -> Message:
    return nmsg(
        "Une place est libre et quelqu’un attend.", "%(n)s places sont libres et on les attend.", count
    )

"""How an article is told: the words of its working copy. Its state moves by its own table alone."""

from collections.abc import Mapping
from typing import Any

from kiosk.language import msg
from kiosk.storage.telling import Telling, call, tell

_POST = {
    "title": msg("Titre"),
    "standfirst": msg("Chapeau"),
    "body": msg("Texte"),
    "author_name": msg("Signature"),
    "place": msg("Lieu"),
    "event_date": msg("Date"),
    "picture_words": msg("Photo, en mots"),
}


def _title(row: Mapping[str, Any], named: bool) -> str:
    return str(row["title"])


tell("post", Telling(_POST, title=_title))
call("picture_person", msg("Montrée sur la photo d’un article"))
tell("picture_person", Telling({}))
tell("post_picture", Telling({}))

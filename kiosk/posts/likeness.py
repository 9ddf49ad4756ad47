"""Who is on an article's picture, and whether everybody may see them.

Asked when a writer puts the picture, when the text goes to the desk, when the desk
lets it go to readers, and each time a reader opens it: a word taken back, or a name
erased, takes the picture away at once.
"""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from kiosk.language import Message, msg
from kiosk.posts.models import PicturePerson, Post, PostPicture, Revision
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.storage import capture, given_up, session, showing
from kiosk.storage.carried import is_hash
from kiosk.storage.showing import Known

_ASKED = frozenset({"submit", "approve", "publish"})
_AT_THE_DESK = frozenset({"approve", "publish"})
GIVEN_UP = msg("Une personne de cette photo a été effacée. Choisissez une autre photo.")
_NOT_WHOLE = msg("Cette photo n’est pas encore arrivée entière. Attendez le prochain échange.")


def sees_names(person: Person) -> bool:
    """Tell whether a writer may be told a member's name beside her card: the manager of the space."""
    return Side.MANAGER in person.sides and person.space_uid is not None


def of(post_uid: uuid.UUID, picture: str) -> PostPicture | None:
    """Return what was said of a picture of a post, None for one that was taken away."""
    # A row of elsewhere may name anything.
    found = session().get(PostPicture, PostPicture.uid_of(post_uid, picture)) if is_hash(picture) else None
    return found if found and found.deleted_at is None else None


def named(post_uid: uuid.UUID, picture: str) -> Sequence[uuid.UUID]:
    """Return the members whom the writer named on a picture."""
    if not is_hash(picture):
        return []
    on_it = PicturePerson.picture_uid == PostPicture.uid_of(post_uid, picture)
    query = select(PicturePerson.member_uid).where(on_it, PicturePerson.deleted_at.is_(None))
    return session().scalars(query).all()


def people(post_uid: uuid.UUID, picture: str) -> Sequence[Known]:
    """Return the members named on a picture, as they are named."""
    return showing.known(named(post_uid, picture))


def is_frozen(post: Post, picture: str) -> bool:
    """Tell whether a text that was submitted holds this picture."""
    held = select(Revision.uid).where(Revision.post_uid == post.uid, Revision.picture == picture)
    return session().scalar(held.limit(1)) is not None


def is_read(post: Post, picture: str) -> bool:
    """Tell whether the text that readers see, or are about to, holds this picture."""
    hashes = [name for name in (post.published_hash, post.approved_hash) if name]
    held = select(Revision.uid).where(Revision.post_uid == post.uid, Revision.hash.in_(hashes))
    return session().scalar(held.where(Revision.picture == picture).limit(1)) is not None


def is_whole(post_uid: uuid.UUID, picture: str) -> bool:
    """Tell whether all that was said of a picture is here: a name that waits may be one who says no."""
    if of(post_uid, picture) is None:
        return False
    return not capture.awaits(PicturePerson.__tablename__, PostPicture.uid_of(post_uid, picture))


def is_given_up(picture: str) -> bool:
    """Tell whether somebody on a picture was erased: its file is taken away everywhere."""
    return is_hash(picture) and given_up.is_given_up(session().connection(), picture)


def may_be_seen(post_uid: uuid.UUID, picture: str) -> bool:
    """Tell whether readers may see a picture of a post now."""
    if not is_whole(post_uid, picture):
        return False
    return not showing.why_not(named(post_uid, picture))


def why_not(move: str, post: Post, person: Person) -> Message | None:
    """Return the sentence that stops a move because of the picture, None when nothing does."""
    if move not in _ASKED or not post.picture:
        return None
    if move in _AT_THE_DESK and not is_whole(post.uid, post.picture):
        return _NOT_WHOLE
    refused = showing.why_not(named(post.uid, post.picture))
    return told(refused, showing.known(refused), sees_names(person)) if refused else None


def told(refused: Mapping[uuid.UUID, Message], who: Sequence[Known], by_name: bool) -> Message:
    """Say who may not be shown, why, and what to do."""
    known = {one.uid: f"{one.name} ({one.card})" if by_name else one.card for one in who}
    lines = [f"{known.get(uid, msg('Une personne'))}\u00a0: {why}" for uid, why in refused.items()]
    return msg("Cette photo ne peut pas être publiée. %(who)s", who=" ".join(lines))

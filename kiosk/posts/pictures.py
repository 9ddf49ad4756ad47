"""Putting a picture with an article, and taking it away.

The file is drawn anew (light, without place or camera) before anything is kept. One
that was saved from a member's card is known by its mark, and is refused.
"""

import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from kiosk.language import msg
from kiosk.posts import likeness, states
from kiosk.posts.models import Kind, PicturePerson, Post, PostPicture, Shows
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.storage import Refusal, clock, derived_uid, given_up, pictures, session, showing
from kiosk.storage.files import Contents
from kiosk.storage.showing import Known

MOST_PEOPLE = 30


@dataclass(frozen=True)
class Said:
    """What a writer says of a picture: what it shows, whether people can be recognised, and who they are."""

    words: str
    shows: Shows
    names: str = ""
    others_agreed: bool = False


def drawn(sent: BinaryIO) -> bytes:
    """Return the picture to put, drawn anew: it takes seconds, and is done before anything is written.

    Raises Refusal for what is no picture, and for one saved from a member's card.
    """
    if pictures.is_of_a_card(sent):
        raise Refusal(msg("Cette photo vient de la fiche d’un membre. Elle ne se publie pas."), "file")
    return pictures.made_anew(sent)


def put(post: Post, person: Person, said: Said, picture: bytes | None, store: Contents) -> Post:
    """Put a picture (see `drawn`) with an article, or say something else of the one it has.

    Raises Refusal, on its field, for a person who may not be shown or is not found, and
    where nobody said whom the picture shows.
    """
    _open(post, person)
    if picture is None and likeness.of(post.uid, post.picture) is None:
        raise Refusal(msg("Choisissez une photo."), "file")
    if not said.words.strip():
        raise Refusal(msg("Dites ce qu’on voit. Exemple\u00a0: dix femmes devant des ordinateurs."), "words")
    who = _recognised(said, person)
    _allowed(who, person)
    name = post.picture if picture is None else hashlib.sha256(picture).hexdigest()
    if given_up.is_given_up(session().connection(), name):
        raise Refusal(likeness.GIVEN_UP, "file")
    _check_readers(post, name, who)
    if picture is not None:
        store.keep(io.BytesIO(picture), len(picture), name)
    _note(post, name, said, len(picture or b""))
    _name(post, name, [one.uid for one in who])
    if post.picture not in ("", name):
        _drop(post)
    post.picture, post.picture_words = name, " ".join(said.words.split())
    post.touched_at = clock.now_ms()
    return post


def take_away(post: Post, person: Person) -> Post:
    """Leave an article without its picture; a version that readers see keeps its own."""
    _open(post, person)
    if post.picture:
        _drop(post)
        post.picture = post.picture_words = ""
        post.touched_at = clock.now_ms()
    return post


def _open(post: Post, person: Person) -> None:
    if post.kind != Kind.ARTICLE or not states.is_editable(post.kind, post.state):
        raise Refusal(msg("Ce texte ne se change plus ici."))
    if Side.WRITER not in person.sides_on(post):
        raise Refusal(msg("Ce n’est pas à vous de décider cela."))


def _recognised(said: Said, person: Person) -> list[Known]:
    """Return the members named, a line each. Raises Refusal for a line that means nobody, or several."""
    if said.shows != Shows.PEOPLE:
        return []
    lines = list(dict.fromkeys(" ".join(line.split()) for line in said.names.splitlines() if line.strip()))
    if not lines and not said.others_agreed:
        raise Refusal(msg("Nommez les personnes, ou cochez que toutes sont d’accord."), "names")
    if len(lines) > MOST_PEOPLE:
        raise Refusal(msg("%(n)s personnes au plus.", n=MOST_PEOPLE), "names")
    return [_one(line, likeness.sees_names(person)) for line in lines]


def _one(line: str, by_name: bool) -> Known:
    found = showing.find(line, by_name)
    if len(found) == 1:
        return found[0]
    if not found:
        why = msg(
            "«\u00a0%(line)s\u00a0» n’est pas dans le registre. Écrivez son numéro de carte.", line=line
        )
        raise Refusal(why, "names")
    cards = ", ".join(f"{one.name} ({one.card})" for one in found)
    asked = msg("Plusieurs personnes\u00a0: %(cards)s. Écrivez le numéro de carte.", cards=cards)
    raise Refusal(asked, "names")


def _allowed(who: Sequence[Known], person: Person) -> None:
    refused = showing.why_not([one.uid for one in who])
    if refused:
        raise Refusal(likeness.told(refused, who, likeness.sees_names(person)), "names")


def _check_readers(post: Post, picture: str, who: Sequence[Known]) -> None:
    """Refuse to take a name off a picture that readers may open: hers would come back before any review."""
    fewer = set(likeness.named(post.uid, picture)) - {one.uid for one in who}
    if fewer and likeness.is_read(post, picture):
        why = msg("Des lecteurs ont cette photo. On n’y retire personne. Mettez une autre photo.")
        raise Refusal(why, "names")


def _note(post: Post, picture: str, said: Said, size: int) -> None:
    uid = PostPicture.uid_of(post.uid, picture)
    row = session().get(PostPicture, uid)
    if row is None:
        row = PostPicture(uid=uid, space_uid=post.space_uid, post_uid=post.uid, sha256=picture, size=size)
        session().add(row)
    row.shows, row.deleted_at = said.shows, None
    row.others_agreed = said.shows == Shows.PEOPLE and said.others_agreed
    session().flush()


def _name(post: Post, picture: str, members: Sequence[uuid.UUID]) -> None:
    """Keep these members as those on the picture; who was named by mistake is no more."""
    of = PostPicture.uid_of(post.uid, picture)
    before = set(likeness.named(post.uid, picture))
    for member_uid in {*before, *members}:
        uid = derived_uid("shown", of, member_uid)
        row = session().get(PicturePerson, uid)
        if row is None:
            row = PicturePerson(uid=uid, space_uid=post.space_uid, picture_uid=of, member_uid=member_uid)
            row.named_on = clock.today()
            session().add(row)
        row.deleted_at = None if member_uid in members else clock.stamp()
    session().flush()


def _drop(post: Post) -> None:
    """Take back a picture that no reader was ever shown; one that a revision holds stays with it."""
    row = likeness.of(post.uid, post.picture)
    if row is not None and not likeness.is_frozen(post, post.picture):
        row.deleted_at = clock.stamp()
        session().flush()

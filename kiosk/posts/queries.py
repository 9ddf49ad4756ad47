"""Reading posts: the writers' board, the desk's queue, what the public sees, counts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import defer

from kiosk.posts.models import Kind, Post, PostEvent, Revision, State
from kiosk.posts.people import Person, visible_to
from kiosk.posts.states import ORDER
from kiosk.posts.text import excerpt
from kiosk.storage import search, session


@dataclass(frozen=True)
class Published:
    """What readers see of a post: the revision that was approved, never the working copy.

    `published_at` and `renewed_at` are UTC milliseconds.
    """

    post: Post
    text: Revision

    @property
    def gist(self) -> str:
        """What the text says, in a line or two."""
        return self.text.standfirst or excerpt(self.text.body)

    @property
    def address(self) -> str:
        """The last part of its web address."""
        return self.post.slug or self.post.uid.hex


def find(uid: uuid.UUID, discarded: bool = False) -> Post | None:
    """Return a post by its id; discarded drafts only when asked for."""
    post = session().get(Post, uid)
    return post if post and (discarded or post.deleted_at is None) else None


def board(person: Person, state: str = "", words: str = "", kind: str = "") -> Select[Any]:
    """Return the posts a person works on: what waits for writers first, newest first within."""
    rank = case({str(one): place for place, one in enumerate(ORDER)}, value=Post.state, else_=len(ORDER))
    return (
        select(Post)
        .where(*_board(person), *_filters(state, words, kind))
        .order_by(rank, Post.touched_at.desc(), Post.uid)
    )


def first_of_each(person: Person, most: int) -> list[Post]:
    """Return the newest `most` posts of each state, in the board's order, in one statement."""
    place = func.row_number().over(partition_by=Post.state, order_by=(Post.touched_at.desc(), Post.uid))
    ranked = select(Post.uid, place.label("place")).where(*_board(person)).subquery()
    query = board(person).join(ranked, ranked.c.uid == Post.uid).where(ranked.c.place <= most)
    return list(session().scalars(query.options(defer(Post.body))))


def board_counts(person: Person, words: str = "") -> dict[str, int]:
    """Return how many of the posts a person works on stand in each state."""
    return _by_state(*_board(person), *_filters("", words, ""))


def counts(space_uid: uuid.UUID | None = None) -> dict[str, int]:
    """Return how many posts stand in each state, every state named; of one space if asked."""
    found = _by_state(Post.deleted_at.is_(None), *([Post.space_uid == space_uid] if space_uid else []))
    return {str(state): found.get(str(state), 0) for state in State} | found


def desk(state: str = State.QUEUED, space_uid: uuid.UUID | None = None, words: str = "") -> Select[Any]:
    """Return the articles of every space in one state: in the queue the longest waiting first."""
    order = Post.submitted_at if state == State.QUEUED else Post.submitted_at.desc()
    where = [Post.space_uid == space_uid] if space_uid else []
    return select(Post).where(*_articles(), *where, *_filters(state, words, "")).order_by(order, Post.uid)


def desk_counts(space_uid: uuid.UUID | None = None) -> dict[str, int]:
    """Return how many articles stand in each state at the desk."""
    return _by_state(*_articles(), *([Post.space_uid == space_uid] if space_uid else []))


def waiting() -> int:
    """Return how many articles wait for the editorial desk."""
    return session().scalar(select(func.count()).where(*_articles(), Post.state == State.QUEUED)) or 0


def history(post: Post) -> Sequence[PostEvent]:
    """Return every move of a post, the newest first."""
    query = select(PostEvent).where(PostEvent.post_uid == post.uid, PostEvent.deleted_at.is_(None))
    order = PostEvent.number.desc(), PostEvent.at.desc(), PostEvent.uid.desc()
    return session().scalars(query.order_by(*order)).all()


def sent_from(post: Post) -> State | None:
    """Return where a text at the desk came from: RETURNED when it had been sent to correct, else None."""
    sent = next((event for event in history(post) if event.move == "submit"), None)
    return State.RETURNED if sent is not None and sent.from_state == State.RETURNED else None


def revisions(post: Post) -> Sequence[Revision]:
    """Return every text a post was submitted with, the newest first."""
    query = select(Revision).where(Revision.post_uid == post.uid, Revision.deleted_at.is_(None))
    return session().scalars(query.order_by(Revision.number.desc(), Revision.uid.desc())).all()


def revision(post: Post, name: str) -> Revision | None:
    """Return the revision of that hash, None while it has not arrived."""
    return session().get(Revision, Revision.uid_of(post.uid, name)) if name else None


def last_number(post: Post) -> tuple[int, int]:
    """Return the highest numbers used so far by a post: (revision, step of its history)."""
    found = (
        session()
        .execute(
            select(
                select(func.max(Revision.number)).where(Revision.post_uid == post.uid).scalar_subquery(),
                select(func.max(PostEvent.number)).where(PostEvent.post_uid == post.uid).scalar_subquery(),
            )
        )
        .one()
    )
    return found[0] or 0, found[1] or 0


def rows(query: Select[Any], number: int, per_page: int) -> list[Post]:
    """Return one page of `board` or `desk` (numbered from 1), without the bodies."""
    light = query.options(defer(Post.body)).limit(per_page).offset((number - 1) * per_page)
    return list(session().scalars(light))


def public(home: uuid.UUID | None = None, kind: str = "") -> Select[Any]:
    """Return (post, revision) of what readers may list, the newest first.

    `home` is the space this machine stands in, whose notices are shown too;
    None (at the centre) shows articles only.
    """
    where = [Post.kind == kind] if kind else []
    listed = _shown(home).where(Post.state != State.ARCHIVED, *where)
    return listed.order_by(Post.published_at.desc(), Post.uid.desc())


def latest_public(limit: int = 3, home: uuid.UUID | None = None, kind: str = "") -> list[Published]:
    """Return the newest texts readers may see: what the home page shows."""
    return as_published(session().execute(public(home, kind).limit(limit)).all())


def public_page(
    home: uuid.UUID | None, number: int, per_page: int, kind: str = ""
) -> tuple[list[Published], int]:
    """Return one page of what readers may list, and how many there are, in one statement."""
    light = public(home, kind).options(defer(Post.body))
    query = light.add_columns(func.count().over()).limit(per_page).offset((number - 1) * per_page)
    found = session().execute(query).all()
    return [Published(post, text) for post, text, _ in found], found[0][2] if found else 0


def public_post(address: str, home: uuid.UUID | None = None) -> Published | None:
    """Return what readers see at an address (slug or id), archived texts included."""
    spelled = Post.slug == address
    try:
        spelled = or_(spelled, Post.uid == uuid.UUID(address))
    except ValueError:
        pass
    found = session().execute(_shown(home).where(spelled).limit(1)).all()
    return as_published(found)[0] if found else None


def as_published(rows: Sequence[Any]) -> list[Published]:
    """Wrap rows of `public` into what readers see."""
    return [Published(post, text) for post, text in rows]


def _shown(home: uuid.UUID | None) -> Select[Any]:
    named = and_(Revision.post_uid == Post.uid, Revision.hash == Post.published_hash)
    near = or_(Post.kind == Kind.ARTICLE, Post.space_uid == home)
    shown = select(Post, Revision).join(Revision, named).where(Post.deleted_at.is_(None), near)
    return cast(Select[Any], shown)


def _articles() -> tuple[ColumnElement[bool], ...]:
    return Post.kind == Kind.ARTICLE, Post.deleted_at.is_(None)


def _board(person: Person) -> tuple[ColumnElement[bool], ...]:
    return Post.deleted_at.is_(None), visible_to(person)


def _filters(state: str, words: str, kind: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Post.state == state] if state else []
    if kind:
        found.append(Post.kind == kind)
    if words:
        found.append(search.matching(Post, words))
    return found


def _by_state(*where: ColumnElement[bool]) -> dict[str, int]:
    counted = select(Post.state, func.count()).where(*where).group_by(Post.state)
    return {str(state): count for state, count in session().execute(counted).all()}

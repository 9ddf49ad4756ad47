"""The signed-in person as this room sees her: in which quality she acts, what she may see."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true

from kiosk.posts.models import Post
from kiosk.posts.states import Side


@dataclass(frozen=True)
class Person:
    """Who acts. `space_uid` is None at the centre, `collective_uid` for who has none."""

    uid: uuid.UUID | None
    name: str
    sides: frozenset[Side]
    space_uid: uuid.UUID | None = None
    collective_uid: uuid.UUID | None = None

    def sides_on(self, post: Post) -> frozenset[Side]:
        """Return the qualities in which she may act on this post."""
        near = {Side.WRITER: self._writes(post), Side.MANAGER: self._manages(post), Side.REVIEWER: True}
        return frozenset(side for side in self.sides if near[side])

    def sees(self, post: Post) -> bool:
        """Tell whether the working copy is hers to read; a draft is the writers' own."""
        return bool(self.sides_on(post))

    def _manages(self, post: Post) -> bool:
        return self.space_uid is not None and post.space_uid == self.space_uid

    def _writes(self, post: Post) -> bool:
        if self.space_uid is not None and post.space_uid != self.space_uid:
            return False
        if Side.MANAGER in self.sides or post.author_uid == self.uid:
            return True
        return self.collective_uid is not None and post.collective_uid == self.collective_uid


def visible_to(person: Person) -> ColumnElement[bool]:
    """Return the condition that `person` sees a post, the same rule as `Person.sees` in SQL."""
    if Side.REVIEWER in person.sides:
        return true()
    here = Post.space_uid == person.space_uid if person.space_uid else true()
    if Side.MANAGER in person.sides and person.space_uid:
        return here
    if Side.WRITER not in person.sides:
        return false()
    own = Post.author_uid == person.uid
    if person.collective_uid is None:
        return and_(here, own)
    return and_(here, or_(own, Post.collective_uid == person.collective_uid))

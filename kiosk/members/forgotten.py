"""Members whose names were erased: figures keep them, and nobody can call them to a seat any more."""

import uuid

from sqlalchemy import Select, select

from kiosk.members.models import Member


def uids() -> Select[uuid.UUID]:
    """Select the ids of members without a name (the folded name is what is indexed)."""
    nameless = (Member.name_fold == "") & (Member.given_name == "") & (Member.family_name == "")
    return select(Member.uid).where(nameless)

"""Roles and the rights they give. Pages ask for rights, never for roles."""

from kiosk.accounts.models import Role
from kiosk.web.rights import Right

RIGHTS: dict[str, frozenset[Right]] = {
    Role.MANAGER: frozenset(
        {
            Right.SEE_MEMBERS,
            Right.EDIT_MEMBERS,
            Right.EDIT_TRAINING,
            Right.MARK_ATTENDANCE,
            Right.RECORD_VISITS,
            Right.WRITE_POSTS,
            Right.EDIT_LIBRARY,
            Right.MANAGE_SPACE,
            Right.MANAGE_STAFF,
            Right.SYNC,
            Right.SEE_REPORTS,
        }
    ),
    Role.TRAINER: frozenset({Right.SEE_MEMBERS, Right.MARK_ATTENDANCE, Right.RECORD_VISITS}),
    Role.AUTHOR: frozenset({Right.WRITE_POSTS}),
    Role.EDITOR: frozenset({Right.WRITE_POSTS, Right.REVIEW_POSTS}),
    Role.COORDINATOR: frozenset(
        {
            Right.COORDINATE,
            Right.SEE_REPORTS,
            Right.SEE_NAMES_AT_CENTRE,
            Right.WRITE_POSTS,
            Right.REVIEW_POSTS,
            Right.EDIT_LIBRARY,
            Right.MANAGE_STAFF,
        }
    ),
}


def may(role: str, right: Right) -> bool:
    """Tell whether a role gives a right; a role this release does not know gives none."""
    return right in RIGHTS.get(role, frozenset())

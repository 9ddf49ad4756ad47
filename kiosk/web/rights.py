"""What a person may do. Roles give rights (see `kiosk.accounts`); routes ask for rights only."""

from enum import StrEnum


class Right(StrEnum):
    """One thing a signed-in person may be allowed to do."""

    SEE_MEMBERS = "see_members"
    EDIT_MEMBERS = "edit_members"
    EDIT_TRAINING = "edit_training"
    MARK_ATTENDANCE = "mark_attendance"
    RECORD_VISITS = "record_visits"
    WRITE_POSTS = "write_posts"
    REVIEW_POSTS = "review_posts"
    EDIT_LIBRARY = "edit_library"
    MANAGE_SPACE = "manage_space"
    MANAGE_STAFF = "manage_staff"
    SYNC = "sync"
    SEE_REPORTS = "see_reports"
    COORDINATE = "coordinate"
    SEE_NAMES_AT_CENTRE = "see_names_at_centre"

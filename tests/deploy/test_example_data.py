"""The example year: large enough to judge screens by, the same each time, never poured twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from deploy.example.names import PROFILES
from deploy.example_data import fill, opened
from kiosk.config import Settings
from kiosk.members.models import Member
from kiosk.posts.models import Post
from kiosk.rooms import open_store
from kiosk.storage import session
from kiosk.training.models import Attendance, Enrolment, EnrolmentState, TrainingSession
from tests.support.machines import make_schema


@pytest.fixture
def filled(tmp_path: Path) -> Callable[[str, str], dict[str, int]]:
    """Fill a machine of a space and count what it holds."""

    def counted(code: str, folder: str) -> dict[str, int]:
        data = tmp_path / folder
        data.mkdir(exist_ok=True)
        store = open_store(Settings(data=data).database_url, "kiosk")
        if store.version() is None:
            make_schema(store)
        with opened(data):
            fill(code)
        with store.open():
            counts = {
                model.__tablename__: session().scalar(select(func.count()).select_from(model)) or 0
                for model in (Member, TrainingSession, Attendance, Post)
            }
            waiting = select(func.count()).where(Enrolment.state == EnrolmentState.WAITING)
            counts["waiting"] = session().scalar(waiting) or 0
        store.close()
        return counts

    return counted


def test_the_three_profiles_make_the_whole() -> None:
    assert 390 <= sum(profile.members for profile in PROFILES.values()) <= 430
    assert sum(profile.sessions for profile in PROFILES.values()) == 30


def test_the_same_space_gets_the_same_year_and_only_once(
    filled: Callable[[str, str], dict[str, int]],
) -> None:
    first = filled("YEL", "a")
    assert first["member"] == PROFILES["YEL"].members
    assert first["training_session"] == PROFILES["YEL"].sessions
    assert first["attendance"] > 100
    assert first["waiting"] >= 3, "one session is full, with people in line"
    assert filled("YEL", "b") == first
    assert filled("YEL", "a") == first

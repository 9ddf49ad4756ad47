"""What a kiosk that was away wrote about somebody before it heard that she was erased."""

import datetime
import errno

import pytest

from kiosk.central import erasing
from kiosk.central.models import commit_log
from kiosk.members.models import Member
from kiosk.storage import new_uid, session
from kiosk.sync.models import Erasure
from kiosk.sync.trouble import Trouble
from kiosk.training.following.models import FollowUp, FollowUpMeeting
from tests.central.holding import files_with, rows_with
from tests.central.test_erasing import ask, enter
from tests.support.machines import Machine
from tests.sync.conftest import Post
from tests.sync.faults.breaking import Nth, watched
from tests.sync.telling import NIORO

DAY = datetime.date(2026, 11, 24)
WORDS = ("Tenir sa caisse", "Divorce", "Revoir sa banque")


def test_what_comes_after_the_order_and_names_her_is_erased_too(nioro: Post, centre: Machine) -> None:
    """A follow-up that the centre knew, a new one, and a meeting of each."""
    enter(nioro.kiosk)
    known, fresh = new_uid(), new_uid()
    with nioro.kiosk.writing("manager"):
        her = session().query(Member).filter_by(given_name="Nagnouma").one().uid
        follow_up = {"space_uid": NIORO, "member_uid": her, "opened_on": DAY}
        session().add(FollowUp(uid=known, goal="Écrire", **follow_up))
    nioro.exchange()
    with nioro.kiosk.writing("manager"):
        session().add(FollowUp(uid=fresh, goal=WORDS[0], **follow_up))
        session().flush()
        for of, word in ((known, WORDS[1]), (fresh, WORDS[2])):
            told = {"space_uid": NIORO, "follow_up_uid": of, "day": DAY, "minutes": 30}
            session().add(FollowUpMeeting(subject=word, **told))
    ask(centre, "coordinator")
    with centre.writing():
        erasing.run(centre.data)
    for _ in range(2):
        nioro.exchange()
    with centre.open():
        assert session().query(FollowUpMeeting).count() == 2
        commits = session().query(commit_log).count()
    for machine in (nioro.kiosk, centre):
        assert rows_with(machine, WORDS) == files_with(machine, WORDS) == []
    nioro.exchange()
    with centre.open():
        assert session().query(commit_log).count() == commits, "an order that reaches all is not given again"
        assert session().query(Erasure).count() == 1


def test_what_came_late_is_looked_for_again_where_the_disk_refused_the_whole(
    nioro: Post, centre: Machine
) -> None:
    """What is undone comes again under the same numbers: it was not looked through."""
    enter(nioro.kiosk)
    nioro.exchange()
    with nioro.kiosk.writing("manager"):
        her = session().query(Member).filter_by(given_name="Nagnouma").one().uid
        session().add(FollowUp(goal=WORDS[0], space_uid=NIORO, member_uid=her, opened_on=DAY))
    ask(centre, "coordinator")
    with centre.writing():
        erasing.run(centre.data)

    def refuse() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with watched(Nth("push.applied", refuse)), pytest.raises(Trouble):
        nioro.exchange()
    for _ in range(2):
        nioro.exchange()
    for machine in (nioro.kiosk, centre):
        assert rows_with(machine, WORDS) == []

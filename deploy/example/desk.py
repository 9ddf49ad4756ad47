"""The editor's work at the centre: older articles are published, one goes back, the latest wait to be read.

`python -m deploy.example.desk DIR`, once, after the kiosks sent their articles.
"""

import datetime
import sys
from pathlib import Path

from sqlalchemy import select

from deploy.example.moments import as_of
from kiosk import config, rooms
from kiosk.accounts.models import Role, Staff
from kiosk.posts import services as posts
from kiosk.posts.models import Post, State
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.storage import clock, session, transaction

PUBLISHED_AFTER = 30
COMMENT = "Bon sujet. Dites combien de femmes sont venues, et ajoutez une phrase sur la suite."


def review(data: Path) -> int:
    """Read what waits at the desk; return how many articles are published now."""
    settings = config.load(data)
    store = rooms.open_store(settings.database_url, settings.role)
    try:
        with store.open(), transaction():
            return _read_all(clock.today())
    finally:
        store.close()


def _read_all(today: datetime.date) -> int:
    editor = session().scalars(select(Staff).where(Staff.role == Role.EDITOR)).one()
    reader = Person(editor.uid, editor.name, frozenset({Side.REVIEWER}))
    waiting = session().scalars(select(Post).where(Post.state == State.QUEUED)).all()
    published = 0
    for post in sorted(waiting, key=lambda one: one.event_date or today):
        age = (today - (post.event_date or today)).days
        if age > PUBLISHED_AFTER:
            day = (post.event_date or today) + datetime.timedelta(days=2)
            with as_of(day):
                posts.approve_and_publish(post, reader, post.revision_hash, day)
                session().flush()
            published += 1
        elif age > PUBLISHED_AFTER / 2:
            posts.send_back(post, reader, COMMENT)
    return published


if __name__ == "__main__":
    print(f"{review(Path(sys.argv[1]))} articles publiés")

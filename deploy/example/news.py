"""The articles of a space, read from `articles/CODE-*.md`, each at its own stage.

A file begins with lines `key: value` (title, standfirst, days, place, stage),
then an empty line, then the text. `days` is how long ago it happened; `stage` is
`draft` or `queued` (the desk at the centre does the rest).
"""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.example.moments import as_of
from kiosk.accounts.models import Role, Staff
from kiosk.posts import services as posts
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.posts.text import Text
from kiosk.storage import session

FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Story:
    """One article as its file tells it."""

    head: Mapping[str, str]
    body: str

    def text(self, author: str, today: datetime.date) -> Text:
        """What a reader will read."""
        happened = today - datetime.timedelta(days=int(self.head["days"]))
        return Text(
            title=self.head["title"],
            standfirst=self.head["standfirst"],
            body=self.body,
            author_name=author,
            place=self.head["place"],
            event_date=happened,
        )


def stories(code: str) -> Iterator[Story]:
    """The stories of a space, the oldest first."""
    found = [_read(path) for path in sorted(FOLDER.glob(f"{code.lower()}-*.md"))]
    yield from sorted(found, key=lambda story: -int(story.head["days"]))


def _read(path: Path) -> Story:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    pairs = (line.partition(": ") for line in head.splitlines())
    return Story({key: value for key, _, value in pairs}, body.strip())


def write(space: uuid.UUID, code: str, team: Mapping[Role, Staff], today: datetime.date) -> int:
    """Write the stories of a space as its author; return how many."""
    author = team[Role.AUTHOR]
    person = Person(author.uid, author.name, frozenset({Side.WRITER}), space)
    told = list(stories(code))
    for story in told:
        text = story.text(author.name, today)
        with as_of(text.event_date or today):
            post = posts.start(person, space, text, about=posts.About(quotes_agreed=True))
            if story.head["stage"] != "draft":
                posts.submit(post, person, text.event_date)
            session().flush()
    return len(told)

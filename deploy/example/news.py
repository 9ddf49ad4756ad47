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
from kiosk.accounts import queries as accounts
from kiosk.partners import queries as partners
from kiosk.posts import services as posts
from kiosk.posts.people import Person
from kiosk.posts.states import Side
from kiosk.posts.text import Text
from kiosk.storage import session

FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Team:
    """Who teaches and who writes in a space, and for which collective."""

    code: str
    trainer: uuid.UUID
    author: uuid.UUID
    collective: uuid.UUID | None


@dataclass(frozen=True)
class Story:
    """One article as its file tells it."""

    head: Mapping[str, str]
    body: str

    def text(self, author: str, collective: str, today: datetime.date) -> Text:
        """What a reader will read."""
        happened = today - datetime.timedelta(days=int(self.head["days"]))
        return Text(
            title=self.head["title"],
            standfirst=self.head["standfirst"],
            body=self.body,
            author_name=author,
            collective_name=collective,
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


def write(space: uuid.UUID, team: Team, today: datetime.date) -> int:
    """Write the stories of a space as its author; return how many."""
    author = accounts.colleague(team.author)
    assert author is not None
    person = Person(author.uid, author.name, frozenset({Side.WRITER}), space, team.collective)
    names = partners.organisation_names([team.collective])
    told = list(stories(team.code))
    for story in told:
        text = story.text(author.name, names.get(team.collective, "") if team.collective else "", today)
        about = posts.About(collective_uid=team.collective, quotes_agreed=True)
        with as_of(text.event_date or today):
            post = posts.start(person, space, text, about=about)
            if story.head["stage"] != "draft":
                posts.submit(post, person, text.event_date)
            session().flush()
    return len(told)

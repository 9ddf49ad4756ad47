"""The coordinator's first page: every space, its figures, its last news, what waits."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, current_app, render_template

from kiosk.central import queries as central
from kiosk.language import Message, current, formats, msg, nmsg
from kiosk.members.links import queries as links
from kiosk.members.links.scoring import LIKELY
from kiosk.posts import queries as posts
from kiosk.reports import periods, queries
from kiosk.reports.figures import Indicators
from kiosk.storage import clock
from kiosk.web.guards import needs
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right
from kiosk.web.steady import steady

blueprint = Blueprint("overview", "kiosk.reports", template_folder="templates", url_prefix="/coordination")
NAV = (NavItem("overview.index", msg("Ensemble"), "home", (Right.COORDINATE,), order=10, primary=True),)


@dataclass(frozen=True)
class News:
    """When the centre last heard of a space (ms), its changes held, its machines to look at."""

    last_seen: int | None = None
    held: int = 0
    odd: int = 0

    @property
    def silent(self) -> bool:
        """Tell whether nothing came for more than a week; a space never linked is not silent."""
        return self.last_seen is not None and self.days > central.SILENT_DAYS

    @property
    def days(self) -> int:
        """How many days ago the last news came, by the centre's own calendar."""
        return (clock.today() - clock.local(self.last_seen or 0).date()).days

    @property
    def pill(self) -> tuple[str, Message]:
        """The state in a word: « Reçu à 11:05 », « Reçu hier », « Silencieux », « Jamais relié »."""
        if self.last_seen is None:
            return "calm", msg("Jamais relié")
        if self.silent:
            return "bad", msg("Silencieux")
        if self.days == 0:
            return "ok", msg("Reçu à %(time)s", time=formats.clock_time(self.last_seen))
        return "ok", msg("Reçu %(when)s", when=formats.ago(self.last_seen))


@dataclass(frozen=True)
class Line:
    """One space on the page."""

    space: queries.Place
    figures: Indicators
    news: News


def register(app: Flask) -> None:
    """Send the root of the centre to its public articles."""
    app.add_url_rule("/", "web.home", _home)


def _home() -> Any:
    return current_app.view_functions["posts.public_list"]()


@blueprint.get("")
@needs(Right.COORDINATE)
def index() -> str:
    """Show all the spaces, this year."""
    period = periods.year_so_far(clock.today())
    asked = queries.Asked(period)
    report = steady(("report", asked, current().code), lambda: queries.report(asked))
    news = _news()
    lines = [Line(one.space, one.figures, news.get(one.space.uid, News())) for one in report.spaces]
    silent = sorted((line for line in lines if line.news.silent), key=lambda line: -line.news.days)
    return render_template(
        "reports/overview.html", report=report, lines=lines, silent=silent, tasks=_tasks(news)
    )


def _news() -> Mapping[uuid.UUID, News]:
    """Return the last news of each space; a space with two machines shows the freshest."""
    found: dict[uuid.UUID, News] = {}
    for node in central.kiosks():
        before = found.get(node.space_uid, News())
        last = max((seen for seen in (before.last_seen, node.last_seen) if seen), default=None)
        odd = before.odd + bool(node.twins or node.quarantined)
        found[node.space_uid] = News(last, before.held + node.held, odd)
    return found


def _tasks(news: Mapping[uuid.UUID, News]) -> Sequence[tuple[str, Message, Message, str]]:
    """Return what waits for the coordinator: (icon, sentence, why, endpoint)."""
    articles = posts.waiting()
    held, odd = sum(one.held for one in news.values()), sum(one.odd for one in news.values())
    waiting = nmsg("%(n)s article à relire", "%(n)s articles à relire", articles)
    kept = nmsg("%(n)s changement retenu", "%(n)s changements retenus", held)
    doubles = links.count_waiting(across=True, least=LIKELY)
    twice = nmsg("%(n)s doublon probable", "%(n)s doublons probables", doubles)
    strange = nmsg("%(n)s kiosque à vérifier", "%(n)s kiosques à vérifier", odd)
    tasks = (
        (articles, "news", waiting, msg("Les lecteurs attendent votre accord."), "editorial.queue"),
        (held, "shield", kept, msg("Il leur manque quelque chose pour compter."), "central.kiosks"),
        (odd, "wifi", strange, msg("L’état des envois est à voir."), "central.kiosks"),
        (doubles, "people", twice, msg("Deux cartes, peut-être une seule personne."), "members.doubles"),
    )
    return [task[1:] for task in tasks if task[0]]

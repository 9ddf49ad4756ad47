"""The register of a hundred thousand people, measured: `python -m tests.bench_register`.

A real kiosk process answers, one phone asks after another, and beside it a bare
Flask page under the same server on the same machine. Prints a Markdown table;
takes about a minute and a half, most of it to write the people.
"""

import http.client
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from deploy.example.names import FAMILIES, MEN, WOMEN
from kiosk.members.models import Member
from kiosk.places import queries as places
from kiosk.storage import clock, create_rows, new_uid, transaction, with_check
from tests.bench import Row, show
from tests.support import measure
from tests.support.cast import AT_A_KIOSK, PIN
from tests.support.machines import Machine, prepare
from tests.support.markup import Reader
from tests.support.processes import Served, free_port, start

PEOPLE, REGISTRATIONS, ROUNDS = 100_000, 100, 8
SEARCH_S, REGISTER_S = 0.030, 0.040
VILLAGES = (
    "Nioro-Centre", "Diakha", "Youri", "Gogui", "Korokodio", "Diamouténé", "Trentimou", "Sandaré",
    "Troungoumbé", "Gavinané", "Ɲɔgɔmɛ", "Kirané Kaniaga", "Tambacara", "Béma", "Simbi", "Yéréré",
)  # fmt: skip
SEARCHES: dict[str, Sequence[str]] = {
    "one letter": ("a", "f", "m", "s", "k", "d", "n", "7"),
    "half a name": ("awa", "fatou", "trao", "couli", "siss", "mam", "dia", "soum"),
    "two halves": ("awa coul", "fat trao", "mamad si", "traore awa", "keita mod", "bath salim"),
    "no accent, no ɛ ɔ ɲ": ("keita", "dembele", "nyogome", "nogome", "haidara", "maimouna"),
    "a card": ("NIO-000123", "nio050000", "99999", "000042", "NIO-0771"),
    "a phone": ("70050001", "7009 99 99", "+22370000501", "70 01 23 45"),
    "a village": ("diakha", "kirane kan", "nioro-c", "tambac", "troungoumbe"),
    "nobody": ("zzz", "awa zzzz", "00000000000"),
}


def people() -> Iterator[dict[str, Any]]:
    """A hundred thousand people whose names, years and villages vary as in a real register."""
    given = [(name, "F") for name in WOMEN] + [(name, "M") for name in MEN]
    combined = itertools.product(FAMILIES, FAMILIES, given)
    for number, (father, mother, (name, sex)) in enumerate(itertools.islice(combined, PEOPLE), 1):
        yield {
            "uid": new_uid(),
            "card": with_check(f"NIO-{number:06d}"),
            "given_name": name,
            "family_name": father if number % 3 else f"{father} {mother}",
            "sex": sex,
            "birth_year": 1950 + number * 7 % 65,
            "birth_year_about": number % 4 == 0,
            "phone": f"+2237{number:07d}" if number % 2 else None,
            "village": VILLAGES[number * 5 % len(VILLAGES)],
            "registered_on": clock.today(),
        }


def filled(folder: Path) -> Machine:
    """The kiosk of Nioro, its cast, and a register that holds them all."""
    machine = prepare(folder / "nioro")
    with machine.open():
        space, every = places.here_uid(), people()
        while part := list(itertools.islice(every, 10_000)):
            with transaction():
                create_rows(Member, ({**row, "space_uid": space} for row in part))
    machine.close()
    # What a serving machine compares within the minute of an import is behind it.
    measure.timed(machine.data, "members", "doubles")
    return machine


class Phone:
    """One connection that stays open, and the seconds each answer takes."""

    def __init__(self, served: Served, cookie: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        self.cookie = {"Cookie": cookie, "Accept-Encoding": "gzip"}

    def ask(self, method: str, path: str, expected: int, body: str | None = None) -> float:
        """Return the seconds of one request, from its first byte to the answer's last."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        since = time.perf_counter()
        self.line.request(method, path, body, {**self.cookie, **kind})
        answer = self.line.getresponse()
        answer.read()
        took = time.perf_counter() - since
        assert answer.status == expected, f"{method} {path}: {answer.status}"
        return took


def quantile(times: list[float], share: float) -> float:
    """The seconds that this share of the answers stayed under."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def told(times: list[float]) -> str:
    """The middle and the slow end of some answers."""
    return f"p50 {quantile(times, 0.5) * 1e3:.1f} ms, p95 {quantile(times, 0.95) * 1e3:.1f} ms"


def searches(phone: Phone, bare: str) -> Iterator[Row]:
    """Every kind of search, each word again and again."""
    every: list[float] = []
    for what, words in SEARCHES.items():
        paths = [f"/membres?q={quote(word)}" for word in words]
        for path in paths:
            phone.ask("GET", path, 200)
        times = [phone.ask("GET", path, 200) for _ in range(ROUNDS) for path in paths]
        yield Row(f"… {what}", "", told(times))
        every += times
    good = quantile(every, 0.95) <= SEARCH_S
    yield Row(f"Search in {PEOPLE:,}, whole page", "p95 ≤ 30 ms", told(every), bare, good)


def registering(served: Served, phone: Phone, bare: str) -> Iterator[Row]:
    """A registration, from the button to the 303."""
    _, page = served.read("/membres/nouveau", phone.cookie | {"Accept-Encoding": "identity"})
    form = next(one for one in Reader(page.decode()).root.all("form") if one.get("method") == "post")
    token = next(one.get("value") for one in form.all("input") if one.get("name") == "csrf_token")
    times = []
    for number in range(REGISTRATIONS):
        answers = {
            "csrf_token": token,
            "given_name": _name(),
            "family_name": FAMILIES[number % len(FAMILIES)],
            "sex": "F",
            "birth_year": str(1985 + number % 20),
            "village": VILLAGES[number % len(VILLAGES)],
            "phone": f"66{random.randrange(10**6):06d}",
            "registered_on": clock.today().isoformat(),
            "agreed": "y",
        }
        times.append(phone.ask("POST", "/membres/nouveau", 303, urlencode(answers)))
    good = quantile(times, 0.95) <= REGISTER_S
    yield Row("Registering, POST to 303", "p95 ≤ 40 ms", told(times), bare, good)


def _name() -> str:
    """A given name that resembles nobody's: a likeness is shown first, and is another page."""
    return "".join(random.choices("abdfklmnrstz", k=9)).capitalize()


def yardstick() -> str:
    """A bare page asked by one phone, the same way."""
    port = free_port()
    process = measure.bare(port)
    try:
        measure.first_answer(port, time.perf_counter())
        phone = Phone(Served(process, Path(), port, Path()), "")
        return told([phone.ask("GET", "/", 200) for _ in range(200)])
    finally:
        process.terminate()
        process.wait()


def rows(folder: Path) -> Iterator[Row]:
    """Measure row by row."""
    machine = filled(folder)
    bare = yardstick()
    served = start(machine.data, folder / "served.log")
    try:
        served.wait()
        name = AT_A_KIOSK[next(iter(AT_A_KIOSK))]
        phone = Phone(served, measure.sign_in(served, name, PIN))
        times = [phone.ask("GET", "/membres", 200) for _ in range(50)]
        yield Row("List of members, first page", "", told(times))
        yield from searches(phone, bare)
        yield from registering(served, phone, bare)
        held = measure.resident(served.process.pid)
        yield Row("Resident memory after all this", "", f"{held:.0f} MB")
    finally:
        served.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="register-") as place:
        sys.exit(0 if show(rows(Path(place))) else 1)

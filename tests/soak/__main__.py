"""`python -m tests.soak --kiosks 20 --days 365 --seed 1`: a year, its mishaps, and what it cost."""

import argparse
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.soak import luck, oracle
from tests.soak.year import Plan, Year


def main() -> None:
    """Live a year and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    for name, usual in {"kiosks": 20, "days": 365, "seed": 1, "acts": 4}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    plan = Plan(**vars(parser.parse_args()))
    settled()
    luck.draw_from(plan.seed)
    gc.set_threshold(50_000, 20, 50)  # half a million rows live long: looking for rubbish costs a fifth
    since = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kiosk-soak-") as place:
        year = Year(Path(place), plan)
        empty = oracle.size(year.posts[0].machine)
        year.run(lambda day: told(day, time.monotonic() - since))
        print(f"{year.rest()} rounds to rest")
        found = oracle.check(year)
        report(year, found, empty)
        year.close()
    print(f"{time.monotonic() - since:.0f} s in all")


def settled() -> None:
    """Start again with an order of sets that does not change from run to run."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        again = [sys.executable, "-m", "tests.soak", *sys.argv[1:]]
        os.execve(sys.executable, again, {**os.environ, "PYTHONHASHSEED": "0"})


def told(day: int, seconds: float) -> None:
    """Say once a month how far the year has come."""
    if day % 30 == 29:
        print(f"day {day + 1}, {seconds:.0f} s", flush=True)


def report(year: Year, found: dict[str, object], empty: int) -> None:
    """Print the figures."""
    up, down = (sum(getattr(post.road, way) for post in year.posts) for way in ("up", "down"))
    calls, sent = sum(post.road.calls for post in year.posts), sum(post.sent for post in year.posts)
    grown = [oracle.size(post.machine) - empty for post in year.posts]
    print(f"{found['changes']} changes at the centre {found['states']}, {sent} sent in {calls} exchanges")
    print(
        f"{up / max(sent, 1):.1f} B up a change sent, {down / max(calls, 1):.0f} B down an exchange (bodies)"
    )
    print(f"a kiosk's file grew by {sum(grown) / len(grown) / 1e6:.2f} MB, at most {max(grown) / 1e6:.2f} MB")
    print(f"{len(year.every) - int(str(found['changes']))} writes are in no log any more,", end=" ")
    print(f"{found['anew']} changes said anew, {found['tasks']} differences for a person")
    print("at the centre in the end:", oracle.digest(year.centre.machine)[:16])
    print("mishaps:", ", ".join(f"{word} {count}" for word, count in sorted(year.met.items())))


if __name__ == "__main__":
    main()

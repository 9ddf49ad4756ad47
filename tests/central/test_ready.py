"""What a load balancer hears of each process: ready, or why not, in one word."""

import shutil
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
from sqlalchemy import text

from kiosk.central import ready
from tests.support.machines import Machine
from tests.support.postgres import Server
from tests.support.processes import Served


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question looks again."""
    monkeypatch.setattr(ready, "KEPT_S", 0.0)


def said(centre: Machine) -> tuple[int, str]:
    answer = centre.client().get("/sante/pret")
    return answer.status_code, answer.get_data(as_text=True)


def test_a_centre_that_is_well_is_ready(any_centre: Machine) -> None:
    assert said(any_centre) == (200, "ok\n")


def test_a_database_of_another_version_is_not_served(any_centre: Machine) -> None:
    assert said(any_centre) == (200, "ok\n")
    for other in ("0001", "9999"):
        with any_centre.store.engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = :other"), {"other": other})
        assert said(any_centre) == (503, "version\n")


def test_a_full_disk_is_said(centre: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10_000_000))
    assert said(centre) == (503, "disque\n")


@pytest.mark.process
@pytest.mark.postgres
def test_a_process_without_its_database_lives_on_and_says_so(
    centre_pg: Machine, pg_server: Server, serve: Callable[..., Served]
) -> None:
    served = serve(centre_pg.data)
    assert served.read("/sante/pret") == (200, b"ok\n")
    centre_pg.close()
    name = centre_pg.store.url.database
    pg_server.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    pg_server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    until(served, b"base\n")
    assert served.read("/sante")[0] == 200
    assert served.read("/connexion")[0] == 503
    pg_server.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    until(served, b"ok\n")
    assert served.read("/connexion")[0] == 200


def until(served: Served, word: bytes, patience: float = 20.0) -> None:
    """Ask until it says this."""
    end = time.monotonic() + patience
    while served.read("/sante/pret")[1] != word:
        assert time.monotonic() < end, served.read("/sante/pret")
        time.sleep(0.2)


def test_a_thousand_questions_are_one_look(centre: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "KEPT_S", 60.0)
    looks: list[int] = []

    def look(_self: ready.Readiness) -> str:
        looks.append(1)
        return ready.OK

    monkeypatch.setattr(ready.Readiness, "_look", look)
    for _ in range(50):
        assert said(centre) == (200, "ok\n")
    assert len(looks) == 1


def test_the_answer_sets_no_cookie_and_tells_nothing_else(centre: Machine) -> None:
    answer = centre.client().get("/sante/pret")
    assert set(answer.headers.keys()) <= {"Content-Type", "Content-Length"}

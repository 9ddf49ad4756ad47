"""Whole links under real TCP: 2G, satellite, a mast that goes and comes, a relay that forgets.

Each profile takes from seconds to minutes: the suite runs one of them, `--budget 12000` all.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.members import services as members
from kiosk.sync import worker
from tests.support.machines import Machine
from tests.support.processes import command, free_port
from tests.sync.conftest import Post
from tests.sync.links.relay import FAR, Profile, Relay, inside, why_not
from tests.sync.telling import NIORO, named, register, waiting
from tests.sync.test_processes import point_at, until

BUDGET = int(os.environ.get("KIOSK_BUDGET") or 0)
REASON = why_not()
pytestmark = [
    pytest.mark.process,
    pytest.mark.netns,
    pytest.mark.skipif(bool(REASON), reason=REASON or "namespaces are here"),
]
ALWAYS = {"satellite": Profile(rate=30_000, delay=0.35, jitter=0.02, loss=0.02)}
BY_HAND = {
    "2G on a good day": Profile(rate=4_000, delay=0.3, jitter=0.1, loss=0.05),
    "2G on a bad day": Profile(rate=1_000, delay=0.3, jitter=0.2, loss=0.15),
    "2G at its end": Profile(rate=1_000, delay=0.3, jitter=0.2, loss=0.3),
    "a mast that goes and comes": Profile(rate=4_000, delay=0.15, loss=0.05, up=12, down=6),
    "everything twice": Profile(rate=16_000, delay=0.1, jitter=0.1, twice=0.5),
}
PROFILES = {**ALWAYS, **(BY_HAND if BUDGET else {})}
PEOPLE = 40 + BUDGET // 20


@contextmanager
def linked(relay: Relay, post: Post, centre: Machine) -> Iterator[Machine]:
    """Serve the centre at the far end of a link; give its kiosk, which knows where to call."""
    port = free_port()
    env = {**os.environ, "KIOSK_PORT": str(port), "KIOSK_HOST": FAR}
    words = inside(relay.far, command(centre.data, "serve"))
    served = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert served.stdout
        first = served.stdout.readline()
        assert "Adresse" in first, first + served.stdout.read()
        point_at(post.kiosk, f"http://{FAR}:{port}")
        yield post.kiosk
    finally:
        served.terminate()
        served.wait(20)
        relay.close()


@pytest.fixture(params=PROFILES.values(), ids=PROFILES)
def relay(request: pytest.FixtureRequest) -> Relay:
    return Relay(request.param)


@pytest.fixture
def afar(relay: Relay, nioro: Post, centre: Machine) -> Iterator[Machine]:
    """The kiosk of Nioro; its centre listens at the other end of the link."""
    nioro.exchange()
    with linked(relay, nioro, centre) as kiosk:
        yield kiosk


def test_everything_arrives_once_over_every_link(afar: Machine, centre: Machine, relay: Relay) -> None:
    people = [f"Awa{number:05} Coulibaly" for number in range(PEOPLE)]
    with afar.writing("manager"):
        for name in people:
            members.register(NIORO, given_name=name.split()[0], family_name="Coulibaly", sex="F")
    began, tries = time.monotonic(), 0
    while waiting(afar):
        tries += 1
        ran = subprocess.run(inside(relay.near, command(afar.data, "sync")), capture_output=True, text=True)
        said = ran.stderr.splitlines()[-1:]
        assert ran.returncode == 0 or said in SENTENCES, ran.stderr
        assert time.monotonic() - began < 900, f"{waiting(afar)} still wait"
    took, (up, down) = time.monotonic() - began, relay.passed.values()
    passed = f"{up} up, {down} down, {relay.lost} packets lost"
    print(f"{relay.profile}: {PEOPLE} people, {tries} commands, {took:.1f} s, {passed}")
    assert named(centre) == people


SENTENCES = (
    ["Pas de réseau vers le centre. Rien n’est perdu."],
    ["Le centre est occupé. Le prochain essai viendra tout seul."],
)


if BUDGET:

    def test_a_worker_that_rested_longer_than_the_relay_remembers_goes_on(
        nioro: Post, centre: Machine
    ) -> None:
        """The kept connection is dead and nobody said so: one wait, and everything arrives."""
        relay = Relay(Profile(rate=16_000, delay=0.1, idle=3))
        with linked(relay, nioro, centre) as kiosk:
            register(kiosk, "Awa Coulibaly")
            watching = subprocess.Popen(inside(relay.near, command(kiosk.data, "sync", "--watch")))
            try:
                until(lambda: waiting(kiosk) == 0)
                time.sleep(5)
                register(kiosk, "Bintou Diallo")
                began = time.monotonic()
                until(lambda: named(centre) == ["Awa Coulibaly", "Bintou Diallo"], 150)
                print(f"heard after {time.monotonic() - began:.0f} s, {worker.GATHER:.0f} to gather changes")
            finally:
                watching.terminate()
                watching.wait(20)


def test_namespaces_are_taken_away() -> None:
    relay = Relay(Profile())
    assert {relay.near, relay.far} <= listed()
    relay.close()
    assert not {relay.near, relay.far} & listed()


def listed() -> set[str]:
    found = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout
    return {line.split()[0] for line in found.splitlines()}

"""Two network namespaces and what lies between them: real TCP over a link that delays, drops and doubles.

`tc netem` is not in every kernel; a TUN device at each end and this relay do the same.
Addresses begin with 127, so that a kiosk takes them for its own machine and needs no
certificate: the loopback device of both namespaces stays down.
"""

import fcntl
import heapq
import itertools
import os
import random
import select
import shutil
import struct
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TUNSETIFF, _TUN_NO_HEAD = 0x400454CA, 0x1001
NEAR, FAR = "127.77.0.1", "127.77.0.2"
_NUMBERS = itertools.count()
_MTU, _QUEUE_S = 1_400, 4.0


@dataclass(frozen=True)
class Profile:
    """A kind of link: bytes a second each way, seconds one way, shares of packets; 0 for none.

    `up` and `down` are seconds of service and of none, in turn. A flow that is silent
    for `idle` seconds is forgotten: nothing of it passes any more, and nobody is told.
    """

    rate: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0
    loss: float = 0.0
    twice: float = 0.0
    up: float = 0.0
    down: float = 0.0
    idle: float = 0.0


def why_not() -> str:
    """Return why this machine has no namespaces for us, '' where it has."""
    if os.geteuid() != 0:
        return "only root makes network namespaces"
    if not Path("/dev/net/tun").exists() or not shutil.which("ip"):
        return "no /dev/net/tun or no ip command here"
    probe = subprocess.run(["ip", "netns", "add", f"kp{os.getpid()}"], capture_output=True, text=True)
    subprocess.run(["ip", "netns", "del", f"kp{os.getpid()}"], capture_output=True)
    return probe.stderr.strip()


class Relay:
    """The link itself; `near` and `far` are the namespaces at its ends."""

    def __init__(self, profile: Profile, seed: int = 1) -> None:
        self.profile, self.passed, self.lost = profile, {0: 0, 1: 0}, 0
        self.near, self.far = (f"k{side}{os.getpid()}x{next(_NUMBERS)}" for side in "af")
        self._chance, self._order = random.Random(seed), itertools.count()
        self._free, self._began = {0: 0.0, 1: 0.0}, time.monotonic()
        self._flows: dict[bytes, float] = {}
        self._over = threading.Event()
        self._ends = [self._end(name, place) for name, place in ((self.near, NEAR), (self.far, FAR))]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _end(self, name: str, place: str) -> int:
        handle = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(handle, _TUNSETIFF, struct.pack("16sH", name.encode(), _TUN_NO_HEAD))
        ip("netns", "add", name)
        ip("link", "set", name, "netns", name)
        for key in ("all", name):
            ip("netns", "exec", name, "sysctl", "-qw", f"net.ipv4.conf.{key}.route_localnet=1")
        ip("-n", name, "addr", "add", f"{place}/24", "dev", name)
        ip("-n", name, "link", "set", name, "mtu", str(_MTU), "up")
        return handle

    def _run(self) -> None:
        """Take packets as they come, let them out as they are due."""
        due: list[tuple[float, int, int, bytes]] = []
        while not self._over.is_set():
            wait = min(max(due[0][0] - time.monotonic(), 0.0), 0.2) if due else 0.2
            for handle in select.select(self._ends, [], [], wait)[0]:
                way = self._ends.index(handle)
                with suppress(BlockingIOError):
                    while packet := os.read(handle, 4_096):
                        for moment in self._fate(way, packet):
                            heapq.heappush(due, (moment, next(self._order), way, packet))
            while due and due[0][0] <= time.monotonic():
                _, _, way, packet = heapq.heappop(due)
                self.passed[way] += len(packet)
                with suppress(OSError):
                    os.write(self._ends[1 - way], packet)

    def _fate(self, way: int, packet: bytes) -> list[float]:
        """Return when a packet comes out: never, once or twice."""
        profile, now = self.profile, time.monotonic()
        if packet[0] >> 4 != 4:
            return []
        is_away = profile.down and (now - self._began) % (profile.up + profile.down) > profile.up
        late = max(self._free[way] - now, 0.0)
        if (
            is_away
            or self._is_forgotten(packet, now)
            or late > _QUEUE_S
            or self._chance.random() < profile.loss
        ):
            self.lost += 1
            return []
        if profile.rate:
            self._free[way] = max(self._free[way], now) + len(packet) / profile.rate
        out = max(self._free[way], now) + profile.delay + self._chance.uniform(0, profile.jitter)
        return [out, out + profile.delay] if self._chance.random() < profile.twice else [out]

    def _is_forgotten(self, packet: bytes, now: float) -> bool:
        """Tell whether the flow of a packet was silent too long; it stays forgotten."""
        if not self.profile.idle:
            return False
        start = (packet[0] & 15) * 4
        flow = b"".join(sorted((packet[start : start + 2], packet[start + 2 : start + 4])))
        if now - self._flows.get(flow, now) > self.profile.idle:
            return True
        self._flows[flow] = now
        return False

    def close(self) -> None:
        """Take the link and both ends away."""
        self._over.set()
        self._thread.join(5)
        for handle, name in zip(self._ends, (self.near, self.far), strict=True):
            os.close(handle)
            ip("netns", "del", name)


def ip(*words: str) -> None:
    """Run `ip`."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


def inside(namespace: str, command: list[str]) -> list[str]:
    """Return the command line that runs a command in a namespace."""
    return ["ip", "netns", "exec", namespace, *command]

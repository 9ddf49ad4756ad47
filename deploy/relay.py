"""The demonstration's link to the centre: a relay that a switch file cuts, kiosk by kiosk.

Each kiosk reaches the centre through a port of its own. The switch file names
the kiosks whose link is down, one a line; while it does, new connections are
reset and open ones are cut, as when the mast loses its power.
"""

import asyncio
import contextlib
import socket
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

CHUNK = 65536
LOOK_EVERY = 0.3


class Switch:
    """Which links are down, kept in a file so that any process may flip it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def down(self) -> set[str]:
        """Names of the kiosks that cannot reach the centre."""
        try:
            return set(self.path.read_text(encoding="utf-8").split())
        except FileNotFoundError:
            return set()

    def cut(self, names: Iterable[str]) -> None:
        """Take the links of these kiosks down."""
        self._write(self.down() | set(names))

    def restore(self, names: Iterable[str]) -> None:
        """Bring the links of these kiosks back."""
        self._write(self.down() - set(names))

    def _write(self, names: set[str]) -> None:
        self.path.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


class Relay:
    """Carries bytes between one kiosk and the centre while its link is up."""

    def __init__(self, name: str, port: int, centre: int, switch: Switch) -> None:
        self.name, self.port, self.centre, self.switch = name, port, centre, switch
        self.open: set[asyncio.StreamWriter] = set()

    async def run(self) -> None:
        """Serve until cancelled."""
        server = await asyncio.start_server(self.carry, "127.0.0.1", self.port)
        async with server:
            while True:
                await asyncio.sleep(LOOK_EVERY)
                if self.name in self.switch.down():
                    self.cut()

    def cut(self) -> None:
        """Reset every open connection."""
        for writer in self.open:
            _reset(writer)

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Join one connection to the centre, both ways, until either side ends it."""
        if self.name in self.switch.down():
            _reset(back)
            return
        try:
            far, forth = await asyncio.open_connection("127.0.0.1", self.centre)
        except OSError:
            _reset(back)
            return
        self.open |= {back, forth}
        try:
            await asyncio.gather(_copy(near, forth), _copy(far, back))
        finally:
            self.open -= {back, forth}


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset, as a lost link does, and not with a polite goodbye."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(CHUNK):
            sink.write(data)
            await sink.drain()
    with contextlib.suppress(OSError):
        sink.close()


async def _all(relays: Iterable[Relay]) -> None:
    await asyncio.gather(*(relay.run() for relay in relays))


def serve(ports: dict[str, int], centre: int, switch: Path) -> None:
    """Relay every kiosk of `ports` to the centre's port, until interrupted."""
    relays = [Relay(name, port, centre, Switch(switch)) for name, port in ports.items()]
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_all(relays))


def main(centre: str, switch: str, *ports: str) -> None:
    """`python -m deploy.relay CENTRE_PORT SWITCH_FILE NAME:PORT…`."""
    named = dict(pair.split(":") for pair in ports)
    serve({name: int(port) for name, port in named.items()}, int(centre), Path(switch))


if __name__ == "__main__":
    main(*sys.argv[1:])

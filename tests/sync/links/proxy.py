"""A bad link in one process: everything between a kiosk and its centre passes here, slowly, late or never."""

import asyncio
import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

FIN, RST, SILENT = "fin", "rst", "silent"
UP, DOWN = "up", "down"
Cut = tuple[str, int, str]


@dataclass
class Weather:
    """What becomes of each connection: bytes, seconds, bytes a second each way; nothing where 0.

    `cut` is (which way, after how many bytes, how); with `SILENT` nobody is told. `flip`
    is (which way, at which byte) a bit turns. `idle`: a connection that says nothing for so
    long is forgotten without a word. `spoil` changes what comes down. `again`: what went up
    arrives once more, over a connection of its own.
    """

    rate: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0
    cut: Cut | None = None
    flip: tuple[str, int] | None = None
    idle: float = 0.0
    spoil: Callable[[bytes], bytes] | None = None
    again: bool = False


@dataclass
class Passage:
    """One connection on its way through."""

    ends: dict[str, asyncio.StreamWriter]
    weather: Weather
    passed: dict[str, int] = field(default_factory=lambda: {UP: 0, DOWN: 0})
    last: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    is_dead: bool = False
    said: bytearray = field(default_factory=bytearray)

    def end(self, how: str) -> None:
        """End it as the weather wants."""
        self.is_dead = True
        if how == SILENT:
            return
        for end in self.ends.values():
            if how == RST:
                sock: Any = end.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.transport.abort()
            else:
                end.close()


class Proxy:
    """A link of some `weather`, which may change; it counts what passed."""

    def __init__(self, target: int, weather: Weather | None = None) -> None:
        self.target, self.weather = target, weather or Weather()
        self.opened = self.cuts = self.echoes = 0
        self.passed = {UP: 0, DOWN: 0}
        self._chance, self._free = random.Random(1), {UP: 0.0, DOWN: 0.0}
        self._passages: list[Passage] = []
        self._held: set[asyncio.Task[Any] | None] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._wait(asyncio.start_server(self._carry, "127.0.0.1", 0, limit=8_192))
        self.port = int(self._server.sockets[0].getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self.opened += 1
        # Else nobody holds a task whose connection fell silent.
        self._held.add(asyncio.current_task())
        far, onward = await asyncio.open_connection("127.0.0.1", self.target, limit=8_192)
        passage = Passage({UP: onward, DOWN: back}, self.weather)
        self._passages.append(passage)
        ways = ((UP, near, onward), (DOWN, far, back))
        await asyncio.gather(*(self._pump(passage, *way) for way in ways), return_exceptions=True)
        if passage.weather.again and passage.said:
            await self._echo(bytes(passage.said))
        passage.end(FIN)

    async def _pump(
        self, passage: Passage, way: str, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        """Carry one way; what is under way goes on while more comes."""
        road: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=400)
        arriving = asyncio.ensure_future(self._arrive(passage, road, target))
        try:
            while piece := await source.read(512):
                await self._leave(passage, way, piece, road)
        finally:
            await road.put((0.0, b""))
            await arriving

    async def _leave(
        self, passage: Passage, way: str, piece: bytes, road: asyncio.Queue[tuple[float, bytes]]
    ) -> None:
        weather, now = passage.weather, self._loop.time()
        if weather.idle and now - passage.last > weather.idle:
            passage.end(SILENT)
        passage.last = now
        if passage.is_dead:
            return
        if weather.rate:
            self._free[way] = max(self._free[way], now) + len(piece) / weather.rate
            await asyncio.sleep(self._free[way] - now)
        due = self._loop.time() + weather.delay + self._chance.uniform(0, weather.jitter)
        await road.put((due, self._weathered(passage, way, piece)))
        if weather.cut and weather.cut[0] == way and passage.passed[way] >= weather.cut[1]:
            self.cuts += 1
            passage.end(weather.cut[2])

    def _weathered(self, passage: Passage, way: str, piece: bytes) -> bytes:
        """Return what becomes of a piece, and count it."""
        weather, start = passage.weather, passage.passed[way]
        passage.passed[way] += len(piece)
        self.passed[way] += len(piece)
        if weather.flip and weather.flip[0] == way and 0 <= (at := weather.flip[1] - start) < len(piece):
            piece = piece[:at] + bytes((piece[at] ^ 4,)) + piece[at + 1 :]
        if way == UP and weather.again:
            passage.said += piece
        return weather.spoil(piece) if weather.spoil and way == DOWN else piece

    async def _arrive(
        self, passage: Passage, road: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter
    ) -> None:
        while (parcel := await road.get())[1] or parcel[0]:
            await asyncio.sleep(max(parcel[0] - self._loop.time(), 0))
            if not passage.is_dead:
                target.write(parcel[1])
                await target.drain()
        if not passage.is_dead:
            target.close()

    async def _echo(self, said: bytes) -> None:
        """Bring what went up a second time; nobody hears the answer."""
        far, onward = await asyncio.open_connection("127.0.0.1", self.target)
        onward.write(said)
        await far.read(1)
        self.echoes += 1
        onward.close()

    def hang_up(self) -> None:
        """End every connection, as a server does that is tired of waiting."""

        async def end() -> None:
            for passage in self._passages:
                passage.end(FIN)

        self._wait(end())

    def close(self) -> None:
        """Take the link away, and whatever is on it."""
        self._wait(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        every = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in every:
            task.cancel()
        await asyncio.gather(*every, return_exceptions=True)


class Stranger:
    """Somebody who answers in the centre's place: the same `words` to everybody, then `drip` for ever."""

    def __init__(self, words: bytes = b"", drip: bytes = b"") -> None:
        self.words, self.drip = words, drip
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                with near, suppress(OSError):
                    near.recv(65_536)
                    near.sendall(self.words)
                    while self.drip:
                        time.sleep(0.1)
                        near.sendall(self.drip)

    def close(self) -> None:
        """Go away."""
        self._listener.close()

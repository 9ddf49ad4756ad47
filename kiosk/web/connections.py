"""Connections at the server: one device that takes them all leaves some to the others.

waitress accepts no connection beyond its limit, whoever holds the others. Here the
last places are given: for each new connection, the address that holds most, when it
is more than a room full of phones would, gives up the one it has used least.
"""

from collections import defaultdict
from typing import Any

from waitress.channel import HTTPChannel

PLACES, LAST, SHARE = 500, 100, 64
"""Connections at once; those kept for newcomers; what one address may always hold."""


def share(server: Any) -> None:
    """Let the last places of `server` be taken from whoever holds most."""

    def admitted(*about: Any, **named: Any) -> HTTPChannel:
        make_room(server.active_channels.values())
        return HTTPChannel(*about, **named)

    server.channel_class = admitted


def make_room(open_ones: Any) -> None:
    """Close a connection of the address that holds most, when few places are left."""
    if len(open_ones) < PLACES - LAST:
        return
    held: dict[str, list[Any]] = defaultdict(list)
    for channel in open_ones:
        if not channel.will_close:
            held[channel.addr[0]].append(channel)
    most = max(held.values(), key=len, default=[])
    if len(most) > SHARE:
        _give_up(most)


def _give_up(mine: list[Any]) -> None:
    """Close the one that rests longest; one that a page is being made for is left alone."""
    still = (channel for channel in mine if not channel.requests)
    least = min(still, key=lambda one: (one.total_outbufs_len > 0, one.last_activity), default=None)
    if least is not None:
        least.will_close = True

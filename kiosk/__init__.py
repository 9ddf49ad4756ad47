"""Offline-first server for connected spaces: the kiosk and the central server.

One program, two doors. `kiosk.app` composes the web side, `kiosk.cli` the
command line; every room (members, training, posts…) holds one capability.
"""

__version__ = "0.1.0"

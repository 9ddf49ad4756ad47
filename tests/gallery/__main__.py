"""Serve the gallery on this machine: ``python -m tests.gallery [PORT]``."""

import sys

from tests.gallery.app import gallery

gallery().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 5077)

"""The drawing process: facts as JSON on its input, a PDF on its output, then it ends.

python -m kiosk.paper.draw < facts.json > paper.pdf
"""

import json
import sys
from importlib import import_module

from kiosk.paper.ink import Book


def main() -> None:
    """Draw the paper that the input asks for."""
    asked = json.load(sys.stdin.buffer)
    facts = asked["facts"]
    book = Book(facts["title"], facts["language"])
    import_module(f"kiosk.paper.{asked['kind']}").draw(book, facts)
    sys.stdout.buffer.write(book.closed())


if __name__ == "__main__":
    main()

"""The text of a material: its markup, and how long it is."""

import re

from kiosk.language.markdown import render

__all__ = ["pages", "render"]

_WORDS_A_PAGE = 250


def pages(markdown: str) -> int:
    """About how many pages a text makes, one at least."""
    return max(1, round(len(re.findall(r"\w+", markdown)) / _WORDS_A_PAGE))

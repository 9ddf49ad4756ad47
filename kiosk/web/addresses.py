"""Addresses: those that pages write, and those that come from outside."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, url_for
from werkzeug.routing import Rule

_MOST = 4096


class Address(Rule):
    """A rule that is compiled for writing when it is first written.

    Werkzeug compiles two functions a rule, one fifth of a start; most are called never.
    """

    def _compile_builder(self, *how: Any) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(Rule._compile_builder(rule, *how))
            return made[0](rule, **values)

        return build


def register(app: Flask) -> None:
    """Let templates write the same addresses thirty times a page for the price of one."""
    # Where the application is mounted does not change while it runs.
    built: Any = lru_cache(maxsize=_MOST, typed=True)(url_for)

    def address(endpoint: str, **values: Any) -> str:
        if endpoint.startswith(".") or any(name.startswith("_") for name in values):
            return url_for(endpoint, **values)
        try:
            found: str = built(endpoint, **values)
        except TypeError:  # a list among the values: nothing to look up by
            return url_for(endpoint, **values)
        return found

    app.jinja_env.globals["url_for"] = address
    app.extensions["address"] = address


def address(endpoint: str, **values: Any) -> str:
    """Return the address of a page on this machine, as templates write it."""
    found: str = current_app.extensions.get("address", url_for)(endpoint, **values)
    return found


def safe_path(target: str | None, default: str = "/") -> str:
    """Return `target` if it is a path on this machine, else `default` (no open redirect).

    Browsers drop tabs and line ends from an address: one between two slashes names a host.
    """
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable():
        return target
    return default

"""What every machine of a test process would work out anew, and always the same: worked out once.

Compiled templates, addresses, style sheets and SQL depend on the program alone.
A served machine pays for them at its start; five thousand tests would pay each.
Nothing here knows a row, a setting or a folder of any machine.
"""

from collections.abc import Callable
from functools import cache
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule

from kiosk.storage import Store
from kiosk.web import stylesheet

Parsed = tuple[list[Any], list[tuple[bool, str]], dict[str, Any], set[str]]
Builder = Callable[..., tuple[str, str]]

MET: dict[str, Engine] = {}
STATEMENTS = LRUCache[Any, Any](3000)


class Compiled(BytecodeCache):
    """Templates compiled once a test session, whichever app shows them."""

    def __init__(self) -> None:
        self.known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self.known[bucket.key + bucket.checksum] = bucket.code


COMPILED = Compiled()


def app(made: Flask) -> Flask:
    """Let an app share the templates."""
    made.jinja_env.bytecode_cache = COMPILED
    return made


def store(made: Store) -> Store:
    """Let a store share the compiled statements, which SQLAlchemy keeps by dialect.

    What a dialect learns when it first meets its server holds for every database of a session.
    """
    first = MET.setdefault(made.engine.dialect.name, made.engine)
    if getattr(first.dialect, "server_version_info", None):
        made.engine.dialect = first.dialect
    made.engine._compiled_cache = STATEMENTS
    return made


def _meaning(rule: Rule) -> tuple[Any, ...] | None:
    """Everything that what a rule compiles to depends on; None with converters of an app's own."""
    if rule.map.converters != Map.default_converters:
        return None
    domain = rule.host if rule.map.host_matching else rule.subdomain
    defaults = tuple(sorted(rule.defaults.items())) if rule.defaults else ()
    return rule.rule, domain, rule.merge_slashes, defaults


def _parsed_once() -> None:
    """Read each address of the program once; a rule keeps its own endpoint, verbs and map."""
    parse, write = Rule.compile, Rule._compile_builder
    parsed: dict[Any, Parsed] = {}
    builders: dict[Any, Builder] = {}

    def compiled(rule: Rule) -> None:
        key = _meaning(rule)
        if key not in parsed:
            parse(rule)
            if key:
                parsed[key] = rule._parts, rule._trace, rule._converters, rule.arguments
            return
        rule._parts, rule._trace, rule._converters, rule.arguments = parsed[key]
        rule._build = rule._compile_builder(False).__get__(rule, None)
        rule._build_unknown = rule._compile_builder(True).__get__(rule, None)

    def builder(rule: Rule, append_unknown: bool = True) -> Builder:
        key = _meaning(rule)
        if key is None:
            return write(rule, append_unknown)
        if (key, append_unknown) not in builders:
            builders[key, append_unknown] = write(rule, append_unknown)
        return builders[key, append_unknown]

    Rule.compile, Rule._compile_builder = compiled, builder  # type: ignore[method-assign]


_parsed_once()
stylesheet._sheet = cache(stylesheet._sheet)

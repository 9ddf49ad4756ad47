"""Addresses are compiled for writing when they are first written."""

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from kiosk.web.addresses import Address


def test_only_the_addresses_that_are_written_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    really = Rule._compile_builder

    def note(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(rule.rule)
        return really(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", note)
    app = Flask("house", static_folder=None)
    app.url_rule_class = Address
    app.add_url_rule("/people/<int:rule>/<name>", "one", lambda **_: "")
    app.add_url_rule("/people", "all", lambda: "", defaults={"rule": 1})
    with app.test_request_context("/people/1/Awa"):
        assert not compiled
        for _ in range(2):
            assert url_for("one", rule=7, name="Awa Traoré", q="a b") == "/people/7/Awa%20Traor%C3%A9?q=a+b"
    assert compiled == ["/people/<int:rule>/<name>"]


def test_an_address_that_lacks_a_part_is_refused_as_ever() -> None:
    app = Flask("house", static_folder=None)
    app.url_rule_class = Address
    app.add_url_rule("/people/<int:number>", "one", lambda **_: "")
    with app.test_request_context("/"), pytest.raises(Exception, match="number"):
        url_for("one")

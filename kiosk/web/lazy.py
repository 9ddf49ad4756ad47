"""Pages imported when somebody first opens one of them: most pages of a machine rest most days.

A room writes its pages as ever, one module a subject in `<room>/routes/`, under
decorators (`@blueprint.get("/aide")`) or in a function `add_to(blueprint)`. No
start imports them: what each address leads to stands in `<room>/routes/addresses.py`,
which `python -m tests.house.routes` writes from the pages themselves and a test
compares with them. The guard of a page comes with it, before anything of it is done.

To add a page: write it, then run `python -m tests.house.routes`. What the start
needs of its module (a panel, a badge) is handed over by name:
`blueprint.later("groups:panel")`. Hooks of a request (`before_request`…) and
models must be there from the start: they are not for a page's module.

Two threads may ask for one module at once: the import system lets one of them
wait, and what a module tells of itself is taken once.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint

View = Callable[..., Any]
Told = TypeVar("Told", bound=View)


class Address(NamedTuple):
    """One address of a room: how it is asked for, and the module and the endpoint that answer."""

    rule: str
    verbs: tuple[str, ...]
    module: str
    endpoint: str


def read(table: str) -> Iterator[Address]:
    """Yield the addresses of a table, one a line: verbs, rule, module, endpoint; "" is written `-`."""
    for line in table.split("\n"):
        if line:
            verbs, told = line.split(maxsplit=1)
            rule, module, endpoint = told.rsplit(maxsplit=2)
            yield Address(rule.removeprefix("-"), tuple(verbs.split("+")), module, endpoint)


class Later:
    """A function of a page's module, imported when it is first called or asked about."""

    def __init__(self, find: Callable[[], View], module: str, name: str) -> None:
        self._find = find
        self._found: View | None = None
        self.__module__, self.__name__ = module, name

    @property
    def function(self) -> View:
        """The function itself."""
        if self._found is None:
            self._found = self._find()
        return self._found

    @property
    def rights(self) -> Any:
        """The rights it asks for, as `needs` wrote them; AttributeError where it is open to all."""
        return getattr(self.function, "rights")  # noqa: B009 - a view may have none

    def __call__(self, *args: Any, **values: Any) -> Any:
        """Call it."""
        return self.function(*args, **values)


class LazyBlueprint(Blueprint):
    """The blueprint of a room whose addresses are known from a table, and whose pages come when asked for.

    `pages` name the modules of `<room>.routes` that hold its pages, where some hold another
    blueprint's; `told` lists the addresses that those imported so far gave.
    """

    def __init__(self, name: str, room: str, table: str, pages: Sequence[str] = (), **options: Any) -> None:
        super().__init__(name, room, template_folder="templates", **options)
        self.pages, self.told = pages, list[Address]()
        self._views: dict[str, View] = {}
        self._bringing, self._brought = "", set[str]()
        self._lock = threading.RLock()
        known: dict[str, Later] = {}
        for address in read(table):
            view = known.setdefault(address.endpoint, self._page(address))
            super().add_url_rule(address.rule, address.endpoint, view, methods=address.verbs)

    def later(self, spot: str) -> Later:
        """Return the function `"module:name"` of the room's pages, imported when it is called."""
        module, _, name = spot.partition(":")
        return Later(lambda: getattr(self.bring(module), name), self._dotted(module), name)

    def bring(self, page: str) -> Any:
        """Import a module of pages and hear where they are; return it."""
        module = import_module(self._dotted(page))
        with self._lock:
            if page not in self._brought and hasattr(module, "add_to"):
                self._bringing = page
                module.add_to(self)
                self._bringing = ""
            self._brought.add(page)
        return module

    def _dotted(self, page: str) -> str:
        return f"{self.import_name}.routes.{page}"

    def _page(self, address: Address) -> Later:
        def find() -> View:
            self.bring(address.module)
            return self._views[address.endpoint]

        return Later(find, self._dotted(address.module), address.endpoint)

    def add_url_rule(  # type: ignore[override]
        self, rule: str, endpoint: str | None = None, view_func: View | None = None, **options: Any
    ) -> None:
        """Take the view of a page that is being imported; the table told the application already."""
        assert view_func is not None
        endpoint = endpoint or view_func.__name__
        page = self._bringing or view_func.__module__.removeprefix(self._dotted(""))
        self._views[endpoint] = view_func
        self.told.append(Address(rule, tuple(options.get("methods") or ("GET",)), page, endpoint))

    def route(self, rule: str, **options: Any) -> Callable[[Told], Told]:
        """Decorate a view."""

        def keep(view: Told) -> Told:
            self.add_url_rule(rule, options.pop("endpoint", None), view, **options)
            return view

        return keep

    def get(self, rule: str, **options: Any) -> Callable[[Told], Told]:
        """Decorate a view that reads."""
        return self.route(rule, methods=["GET"], **options)

    def post(self, rule: str, **options: Any) -> Callable[[Told], Told]:
        """Decorate a view that writes."""
        return self.route(rule, methods=["POST"], **options)

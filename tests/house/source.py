"""The project's own source, parsed once, with the questions the house rules ask of it."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kiosk"
GROUND = frozenset({"storage", "language", "paper", "web"})
TOP = frozenset({"app", "cli", "operator", "rooms", "__main__"})
FREE = frozenset({"config", "paths", "__init__"})

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Import:
    """One imported thing: `module` is dotted and absolute, `name` what is taken from it."""

    module: str
    name: str
    line: int
    lazy: bool

    @property
    def dotted(self) -> str:
        """The full dotted path, as deep as it can be told from the source."""
        return f"{self.module}.{self.name}" if self.name else self.module


@dataclass(frozen=True)
class Module:
    """One Python file; `name` is its dotted name from the project's root."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        """The first folder under `kiosk/` (or the file's own name at its top)."""
        parts = self.path.relative_to(PACKAGE).with_suffix("").parts
        return parts[0]

    @property
    def part(self) -> str:
        """What the file is in its room: `models`, `routes`… (a folder counts as the file)."""
        parts = self.path.relative_to(PACKAGE).with_suffix("").parts
        return parts[1] if len(parts) > 1 else parts[0]

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)]

    @cached_property
    def imports(self) -> list[Import]:
        return list(_imports(self))


def _imports(module: Module) -> Iterator[Import]:
    top = set(map(id, module.tree.body))
    for node in ast.walk(module.tree):
        lazy = id(node) not in top
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, "", node.lineno, lazy)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            for alias in node.names:
                yield Import(origin, alias.name, node.lineno, lazy)


def _origin(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    base = module.name.split(".")
    drop = node.level - (module.path.name == "__init__.py")
    base = base[: len(base) - drop]
    return ".".join([*base, *([node.module] if node.module else [])])


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the package."""
    return tuple(Module(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def everywhere() -> tuple[Module, ...]:
    """Every Python file of the project: package, migrations, deploy, tests."""
    folders = ("kiosk", "migrations", "deploy", "tests")
    return tuple(Module(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


@cache
def rooms() -> frozenset[str]:
    """The rooms above the ground: every package of `kiosk/` that is not the ground."""
    found = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return frozenset(found - GROUND)


@cache
def templates() -> tuple[Path, ...]:
    """Every Jinja template of the package."""
    return tuple(sorted(PACKAGE.rglob("templates/**/*.html")))


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file())
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())

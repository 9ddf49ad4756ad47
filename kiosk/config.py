"""Settings of one machine: a frozen dataclass, one TOML file, `KIOSK_*` overrides.

One directory is one kiosk (or one centre). `DIR/config.toml` may hold any of
the keys below; `KIOSK_PORT=8080` in the environment overrides `port`. An
unknown or ill-typed key stops the start with its name.
"""

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import __version__

CONFIG_NAME = "config.toml"
MEBIBYTE = 1024 * 1024


class ConfigError(Exception):
    """A setting cannot be used; the text names it and says what is expected."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator may choose. Sizes in bytes, times in seconds."""

    data: Path
    role: str = "kiosk"
    database: str = ""
    host: str = "0.0.0.0"  # noqa: S104 - the LAN is the point; staff_networks narrows it
    port: int = 8080
    threads: int = 4
    hosts: tuple[str, ...] = ()
    staff_networks: tuple[str, ...] = ()
    max_upload: int = 256 * MEBIBYTE
    session_minutes: int = 60
    time_zone: str = "Africa/Bamako"
    price_per_mb: int = 2
    files_a_day: int = 20 * MEBIBYTE
    files_largest: int = 16 * MEBIBYTE
    files_at_night: bool = False
    usb_dir: str = ""
    contact: str = ""
    secure_cookies: bool = False
    proxy_hops: int = 0
    version: str = field(default=__version__)

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL: the configured one, else SQLite in the data directory."""
        return self.database or f"sqlite:///{self.data / 'kiosk.db'}"

    @property
    def files(self) -> Path:
        """Folder of content-addressed files."""
        return self.data / "files"

    @property
    def spool(self) -> Path:
        """Folder for uploads on their way in."""
        return self.data / "spool"


_SETTABLE = {f.name: f for f in fields(Settings) if f.name not in ("data", "version")}


def load(data: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of the directory `data`.

    Raises ConfigError with one sentence that names the key.
    """
    values = _from_file(data / CONFIG_NAME)
    values.update(_from_environment(os.environ if environ is None else environ))
    settings = Settings(data=data.resolve(), **values)
    for name, fits, expected in _RULES:
        if not fits(getattr(settings, name)):
            raise ConfigError(f"{name} : « {getattr(settings, name)} » ne va pas ({expected})")
    return settings


def _are_networks(texts: Iterable[str]) -> bool:
    try:
        return all(ip_network(text, strict=False) for text in texts)
    except ValueError:
        return False


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ValueError, KeyError, OSError):
        return False


_RULES: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("role", lambda role: role in ("kiosk", "central"), "kiosk ou central"),
    ("port", lambda port: 0 <= port < 65_536, "de 0 à 65535"),
    ("threads", lambda count: 1 <= count <= 64, "de 1 à 64"),
    ("max_upload", lambda size: size >= MEBIBYTE, "1048576 octets au moins"),
    ("files_a_day", lambda size: size >= 0, "un nombre d’octets, 0 pour aucun"),
    ("files_largest", lambda size: size >= 0, "un nombre d’octets, 0 pour aucun"),
    ("session_minutes", lambda count: count >= 1, "1 minute au moins"),
    ("proxy_hops", lambda count: 0 <= count <= 9, "de 0 à 9"),
    ("staff_networks", _are_networks, "des réseaux comme 192.168.4.0/24"),
    ("time_zone", _is_zone, "un nom comme Africa/Bamako"),
)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} est illisible : {error}") from error
    return {key: _checked(key, value, str(path)) for key, value in raw.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    known = {f"KIOSK_{name.upper()}": name for name in _SETTABLE}
    found = {known[key]: text for key, text in environ.items() if key in known}
    return {name: _checked(name, _parsed(name, text), "environment") for name, text in found.items()}


def _parsed(name: str, text: str) -> Any:
    default = _SETTABLE[name].default
    if isinstance(default, bool):
        return {"1": True, "true": True, "0": False, "false": False}.get(text.lower(), text)
    if isinstance(default, int):
        return int(text) if text.lstrip("-").isdigit() else text
    if isinstance(default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _checked(name: str, value: Any, where: str) -> Any:
    if name not in _SETTABLE:
        raise ConfigError(f"{where} : la clé « {name} » est inconnue")
    default = _SETTABLE[name].default
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(value)
        raise ConfigError(f"{where} : « {name} » attend une liste de textes")
    if type(value) is not type(default):
        expected = {bool: "true ou false", int: "un nombre entier", str: "un texte"}[type(default)]
        raise ConfigError(f"{where} : « {name} » attend {expected}")
    return value

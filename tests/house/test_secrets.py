"""No secret has a way to a kiosk: what travels has no column for one, and of no kind that holds one."""

import re

import pytest
from sqlalchemy import Column, LargeBinary, String

from kiosk.rooms import load_models
from kiosk.storage import Synced, synced_columns, synced_models
from kiosk.storage.types import Uid

load_models()
MODELS = list(synced_models().values())
SECRET = re.compile(
    r"(?:^|_)(?:(?:app|access|api|page|private|refresh)?(?:tokens?|secrets?|keys?)|pass(?:word|wd|phrase|code)?"
    r"|credentials?|private|pins?|salt|bearer|oauth2?|cookies?|hash|proof|seal)(?:_|$)",
    re.IGNORECASE,
)
PUBLIC = {
    "theme.key": "the short name of a theme, said on every plan",
    "tariff.key": "the short name of a service of the counter, said on every line of the cash book",
    "post.revision_hash": "names a text that its readers see",
    "post.approved_hash": "names a text that its readers see",
    "post.published_hash": "names a text that its readers see",
    "post_event.revision_hash": "names a text that its readers see",
    "post_revision.hash": "names a text that its readers see",
    "certificate_seal.proof": "printed on the paper it proves",
}
"""What sounds like a secret and is read by everybody, each with the reason."""


def suspect(tab: str, column: Column[object]) -> bool:
    """Tell whether a column that travels is called, or made, as a secret would be."""
    if f"{tab}.{column.name}" in PUBLIC:
        return False
    bytes_of_its_own = isinstance(column.type, LargeBinary) and not isinstance(column.type, Uid)
    return bool(SECRET.search(column.name)) or bytes_of_its_own


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_that_travels_can_hold_a_secret(model: type[Synced]) -> None:
    table = model.__table__
    found = [column.name for column in synced_columns(table) if suspect(str(table), column)]
    assert not found, f"{table}: {found} would take a secret to every kiosk"
    assert not SECRET.search(str(table)) or str(table) == "certificate_seal"


def test_the_list_of_public_names_holds_only_what_there_is() -> None:
    there = {f"{name}.{column.name}" for name, m in synced_models().items() for column in m.__table__.columns}
    assert PUBLIC.keys() <= there


@pytest.mark.parametrize(
    "name", ["token", "page_token", "access_token", "apptoken", "api_key", "app_secret", "password", "pin"]
)
def test_the_guard_knows_a_secret_by_its_name(name: str) -> None:
    assert suspect("public_account", Column(name, String()))


@pytest.mark.parametrize("name", ["keyword", "opening", "monkeys", "passage", "handle", "tokenless"])
def test_the_guard_leaves_other_words_alone(name: str) -> None:
    assert not suspect("public_account", Column(name, String()))


def test_the_guard_knows_a_secret_by_its_kind() -> None:
    assert suspect("public_account", Column("sealed", LargeBinary()))

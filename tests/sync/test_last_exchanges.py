"""« Derniers envois »: the state of the link is not read off an old cut."""

import pytest

from kiosk.sync.trouble import NoLink
from tests.sync.conftest import Post


def test_an_empty_exchange_that_went_well_stands_above_an_old_cut(nioro: Post) -> None:
    nioro.exchange()
    nioro.line.cut = "before"
    with pytest.raises(NoLink):
        nioro.exchange()
    page = nioro.kiosk.as_("manager").get("/envois").text.split("Derniers envois")[1]
    assert page.index("Coupé") < page.index("Reçu")
    nioro.line.cut = ""
    for _ in range(2):
        nioro.exchange()
    page = nioro.kiosk.as_("manager").get("/envois").text.split("Derniers envois")[1]
    assert page.index("Reçu") < page.index("Coupé")
    assert page.count("Rien de nouveau") == 1

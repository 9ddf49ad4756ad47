"""Who answers for a minor is asked as soon as the year of birth says so, and folded again for a slip."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.storage import clock
from tests.house.source import ROOT
from tests.support.machines import Machine

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_group_of_a_minor_opens_with_her_year_and_keeps_what_was_typed(
    kiosk: Machine, open_page: Callable[..., "Page"]
) -> None:
    page, year = open_page("phone"), clock.today().year
    page.set_content(kiosk.as_("manager").get("/membres/nouveau").text)
    page.add_script_tag(path=ROOT / "static" / "js" / "minor.js")
    group, born = page.locator("details[data-minor]"), page.locator("[name=birth_year]")

    def unfolds(typed: str) -> bool:
        born.fill(typed)
        return group.get_attribute("open") is not None

    young = (str(year - 13), "12 ans", f"12/03/{year - 17}", f"vers {year - 9}")
    assert all(map(unfolds, young))
    assert not any(map(unfolds, ("", str(year - 18), "24", "40 ans", "deux mille")))
    assert unfolds(str(year - 13))
    group.locator("[name=guardian]").fill("Oumou Traoré")
    assert unfolds(str(year - 40)), "what was typed is never hidden"

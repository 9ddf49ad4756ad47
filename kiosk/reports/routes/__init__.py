"""Pages of the figures: the report of any period, and the coordinator's first page (`coordination`)."""

from kiosk.language import msg
from kiosk.reports.routes.door import blueprint
from kiosk.web.navigation import NavItem
from kiosk.web.rights import Right

__all__ = ["NAV", "blueprint"]

NAV = (NavItem("reports.index", msg("Rapports"), "chart", (Right.SEE_REPORTS,), order=70),)

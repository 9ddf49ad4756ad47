"""The blueprint of the figures' pages."""

from kiosk.reports.routes.addresses import REPORTS
from kiosk.web.lazy import LazyBlueprint

blueprint = LazyBlueprint("reports", "kiosk.reports", REPORTS)

"""The counter of one space over its last four weeks: what a sheet costs, what was sold, what was given."""

import datetime
from dataclasses import replace

from deploy.example.company import Circle
from kiosk.desk.till import services as till

PRICES = {"copy": 25, "print": 50, "typing": 250}
USUAL = 50
BINDING = ("Reliure d’un dossier", 300)
WEEKS, GIVEN = 4, 0.12


def sell(circle: Circle) -> None:
    """Say the prices, then write the book day by day; one line was a mistake."""
    for one in till.services(circle.space):
        till.change(circle.space, replace(one, price=PRICES.get(one.key, USUAL)))
    till.add(circle.space, *BINDING)
    offered = till.services(circle.space)
    for back in range(WEEKS * 7, -1, -2):
        day = circle.ago(back)
        for service in circle.chance.sample(offered, 2):
            _note(circle, service, day)
    wrong = till.note(circle.space, offered[0], 100, circle.today)
    till.reverse(circle.space, wrong.uid)


def _note(circle: Circle, service: till.Service, day: datetime.date) -> None:
    free = 0 if circle.chance.random() < GIVEN else None
    till.note(circle.space, service, circle.chance.randrange(1, 20), day, free)

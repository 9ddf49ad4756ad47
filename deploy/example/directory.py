"""The centre's directory before the kiosks first call: one federation, its collectives, NGOs, two projects.

`python -m deploy.example.directory DIR`, once. Every name is invented.
"""

import datetime
import sys
import uuid
from pathlib import Path

from sqlalchemy import select

from kiosk import config, rooms
from kiosk.partners import services as partners
from kiosk.partners.models import Kind, Organisation
from kiosk.partners.services import OrganisationCard, ProjectCard
from kiosk.storage import clock, session, transaction

FEDERATION = "Fédération des collectifs citoyens"
COLLECTIVES = (
    ("Collectif Femmes et territoires", "Bamako", ("Actrices du quotidien", "Parole aux lectrices")),
    ("Collectif Médias et citoyenneté", "Bamako", ("Ondes locales", "L’Écho des communes")),
    ("Collectif des associations de Nioro", "Nioro", ("Solidarité Sahel Nord", "École pour toutes")),
    ("Collectif Jeunes de Kayes", "Kayes", ("Jeunesse du fleuve", "Ateliers du rail")),
    ("Collectif Femmes de Kayes", "Kayes", ("Marchandes unies",)),
    ("Collectif de l’eau de Yélimané", "Yélimané", ("Eau et villages",)),
    ("Collectif des ressortissants de Yélimané", "Yélimané", ("Pont des deux rives",)),
)
AT_HOME = {"NIO": COLLECTIVES[2][0], "KAY": COLLECTIVES[3][0], "YEL": COLLECTIVES[5][0]}
YOUTH, VOICES = "NUM-JEUNES", "VOIX-2026"


def projects(today: datetime.date) -> tuple[ProjectCard, ...]:
    """Two projects that run this year, with invented donors."""
    first, last = datetime.date(today.year, 1, 1), datetime.date(today.year + 1, 12, 31)
    return (
        ProjectCard(YOUTH, "Jeunes et femmes dans le numérique", ("Fondation du fleuve",), first, last),
        ProjectCard(VOICES, "La voix des communes", ("Villes amies", "Fonds du Sahel"), first, last),
    )


def write(data: Path) -> int:
    """Write the directory in a centre that has none; return how many organisations it holds."""
    settings = config.load(data)
    store = rooms.open_store(settings.database_url, settings.role)
    try:
        with store.open(), transaction():
            return _write(clock.today())
    finally:
        store.close()


def _write(today: datetime.date) -> int:
    known = session().scalars(select(Organisation)).all()
    if known:
        return len(known)
    top = partners.add_organisation(OrganisationCard(Kind.FEDERATION, FEDERATION, place="Bamako"))
    made = 1 + sum(_branch(top.uid, *branch) for branch in COLLECTIVES)
    for card in projects(today):
        partners.add_project(card)
    return made


def _branch(above: uuid.UUID, name: str, place: str, members: tuple[str, ...]) -> int:
    collective = partners.add_organisation(OrganisationCard(Kind.COLLECTIVE, name, above, place))
    for one in members:
        partners.add_organisation(OrganisationCard(Kind.NGO, one, collective.uid, place))
    return 1 + len(members)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} organisations")

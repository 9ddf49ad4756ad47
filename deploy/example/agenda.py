"""What a space arranges: its year of courses, its closings, who books, whom it meets, what it attests."""

import datetime
from collections.abc import Sequence

from deploy.example import counter
from deploy.example.company import Circle
from deploy.example.directory import AT_HOME
from deploy.example.names import FAMILIES, GROUPS, MEN, WOMEN
from kiosk.accounts import postings
from kiosk.accounts import queries as staff
from kiosk.accounts import services as accounts
from kiosk.accounts.models import Role
from kiosk.desk.booking import services as booking
from kiosk.desk.booking.services import Hours, Meeting
from kiosk.desk.learning import services as learning
from kiosk.partners import queries as directory
from kiosk.partners import services as partners
from kiosk.partners.mandates import services as mandates
from kiosk.partners.mandates.services import MandateCard
from kiosk.partners.meetings import services as meetings
from kiosk.partners.meetings.services import Told
from kiosk.partners.models import Kind, Organisation
from kiosk.partners.services import OrganisationCard
from kiosk.places import feasts, together
from kiosk.places import queries as where
from kiosk.places import services as places
from kiosk.storage import Refusal
from kiosk.training import courses
from kiosk.training.attestations import issuing
from kiosk.training.attestations.issuing import Signed
from kiosk.training.attestations.models import Attested, Certificate
from kiosk.training.beside import writing as beside
from kiosk.training.beside.models import Share
from kiosk.training.catalogue import themes, yearly
from kiosk.training.catalogue.seeds import seed_uid
from kiosk.training.models import TrainingSession

MEANT = {"word": 2, "internet": 3, "excel": 2, "citizenship": 2, "action": 1, "access": 1}
ROLES = (
    "Présidente", "Vice-président", "Secrétaire générale", "Trésorière", "Trésorier adjoint", "Organisation",
    "Organisation", "Communication", "Relations extérieures", "Contrôle des comptes", "Conflits", "Conseil",
)  # fmt: skip
WOMEN_AT = (0, 2, 3, 7, 10)
MET = (
    (210, "Premier contact et visite de l’espace", "Le maire, deux conseillers", "Un accord est signé."),
    (120, "Choisir les formations du trimestre", "Le bureau", "Deux formations pour les femmes."),
    (40, "Bilan à mi-parcours avec le bailleur", "La chargée de projet", "Envoyer les présences."),
    (9, "Préparer le débat sur l’eau", "Les chefs de quartier", "La salle est réservée."),
)
TO_BOOK = (
    (0, "16:00", 60), (0, "16:00", 60), (0, "17:00", 30), (1, "08:00", 60), (1, "10:00", 45), (3, "15:00", 60)
)  # fmt: skip
ATTESTED = 3
LEARNT = ("accueil", "registre")


def arrange(circle: Circle, held: Sequence[TrainingSession]) -> None:
    """Arrange the year of a space; `held` are its sessions, the oldest first."""
    _plan_year(circle)
    _close(circle)
    _book(circle)
    counter.sell(circle)
    met = _organisations(circle)
    _meet(circle, met)
    _sit_on_board(circle, met[0])
    _share(circle, held, met)
    _attest(circle, held)
    _team(circle)


def _team(circle: Circle) -> None:
    """The manager began her lessons, everybody has a first day, and one who left is still remembered."""
    since = circle.ago(700)
    for one in staff.team(circle.space):
        postings.begin(one.uid, circle.space, one.role, since)
        for lesson in LEARNT if one.role == Role.MANAGER else ():
            learning.finish(circle.space, one.uid, lesson)
    former = accounts.create_staff("Adama Sangaré", Role.TRAINER, circle.space)
    postings.end(postings.begin(former.uid, circle.space, Role.TRAINER, circle.ago(1100)), since)


def _plan_year(circle: Circle) -> None:
    for key, count in MEANT.items():
        yearly.mean_to_hold(courses.find_course(seed_uid(key, circle.space)), circle.today.year, count)
    themes.add_theme(circle.space, "Radio et parole publique")
    themes.use_theme(circle.space, "fundraising", False)


def _close(circle: Circle) -> None:
    space = where.space(circle.space)
    assert space is not None
    first = circle.today + datetime.timedelta(days=30)
    places.add_exception(space, first, first + datetime.timedelta(days=2), "", "Inventaire et entretien")
    moving = [feast for feast, _ in feasts.coming(space, circle.today) if feast.estimated]
    feasts.confirm(space, moving[0], moving[0].day, [])
    communes = list(dict.fromkeys(code for _, code in circle.profile.villages))
    together.add(f"Communes autour de {circle.profile.name}", communes[:4], circle.space)


def _book(circle: Circle) -> None:
    named = circle.some(len(TO_BOOK), lambda _: True)
    for member, (ahead, starts, minutes) in zip(named, TO_BOOK, strict=False):
        day = circle.today + datetime.timedelta(days=ahead)
        booking.book_computer(circle.space, member.uid, Hours(day, starts, minutes))
    whom = Meeting(GROUPS[0], "76 20 31 42", "Réunion du bureau", 18)
    hours = Hours(circle.today + datetime.timedelta(days=2), "18:00", 90)
    room = where.rooms(circle.space)[-1]
    booking.book_room(circle.space, room.uid, hours, whom)


def _organisations(circle: Circle) -> list[Organisation]:
    """Those a space meets: its town's collective where the directory came down, and one of its own."""
    home = AT_HOME[circle.profile.code]
    known = [one for one in directory.collectives() if one.name == home]
    card = OrganisationCard(Kind.NGO, f"Parents d’élèves de {circle.profile.name}", place=circle.profile.name)
    return [*known, partners.add_organisation(card, circle.space)]


def _meet(circle: Circle, met: Sequence[Organisation]) -> None:
    for number, (days, subject, people, outcome) in enumerate(circle.chance.sample(MET, 3)):
        with_whom = {one.uid for one in (met if number % 2 else met[-1:])}
        said = "Chacun dit ce qu’il attend de l’espace. La parole a tourné."
        meetings.note(
            circle.space,
            Told(circle.ago(days), subject, circle.profile.name, people, said, outcome, with_whom),
        )


def _sit_on_board(circle: Circle, home: Organisation) -> None:
    since = circle.ago(500)
    for number, role in enumerate(ROLES):
        woman = number in WOMEN_AT
        name = f"{circle.chance.choice(WOMEN if woman else MEN)} {FAMILIES[number * 3]}"
        card = MandateCard(name, "F" if woman else "M", role, since)
        mandates.add(home.uid, card, circle.space)
    former = MandateCard("Hamady Yatera", "M", "Président", circle.ago(1900))
    mandates.end(mandates.add(home.uid, former, circle.space), since)


def _share(circle: Circle, held: Sequence[TrainingSession], met: Sequence[Organisation]) -> None:
    for number, training in enumerate(held[::2]):
        beside.link(training, met[number % len(met)].uid, Share.PARTNER)
    beside.set_team(held[0], {circle.trainer: True})


def _attest(circle: Circle, held: Sequence[TrainingSession]) -> None:
    """Attest what is over and wholly entered; one paper of the first was wrong."""
    papers: list[list[Certificate]] = []
    for training in held:
        if len(papers) == ATTESTED:
            break
        try:
            papers.append(issuing.attest(training, Attested, Signed(circle.profile.manager, circle.ago(20))))
        except Refusal:
            continue  # a sheet waits, or it was no training
    if papers and papers[0]:
        issuing.revoke(papers[0][0], "Nom mal écrit.")

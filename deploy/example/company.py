"""The people around a register: groups and a class, volunteers and their days, one-to-one follow-ups."""

import datetime
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from deploy.example.moments import as_of
from deploy.example.names import FAMILIES, GROUPS, MEN, WOMEN, Profile
from kiosk.members.groups import services as groups
from kiosk.members.groups.models import GroupKind
from kiosk.members.groups.services import GroupCard
from kiosk.members.models import Member
from kiosk.members.volunteers import offers
from kiosk.members.volunteers import services as volunteers
from kiosk.members.volunteers.models import Volunteer
from kiosk.members.volunteers.services import Event
from kiosk.members.volunteers.services import Profile as Offered
from kiosk.training.following import services as following
from kiosk.training.following.services import Meeting

Fits = Callable[[Member], bool]
TASKS = (
    ("Aide au bureau", ("0.5", "1")),
    ("Cours d’alphabétisation", ("0.5", "0.5", "1")),
    ("Traduction d’articles", ("0.5", "1.5")),
    ("Entretien des ordinateurs", ("1", "2")),
    ("Préparer une rencontre", ("0.5", "1")),
)
OFFERED = (
    Offered(("technical",), ("fr", "bm"), ("week", "holidays"), "Réparer un ordinateur, installer Linux."),
    Offered(("linguistic",), ("fr", "bm", "snk"), ("evening", "remote"), "Traduire et relire en soninké."),
    Offered(("organising",), ("fr", "bm"), ("weekend",), "Préparer une rencontre et accueillir."),
    Offered(("technical", "linguistic"), ("fr", "en"), ("remote",), "Tenir le site et la page de l’espace."),
    Offered(("organising", "linguistic"), ("bm", "ff"), ("week",), "Lire et écrire avec les débutantes."),
)
WHEN_FREE = Offered(("technical",), ("fr",), ("holidays",), "Aide pendant les vacances.")
COMING = (
    (("technical",), "Je répare des téléphones. Je suis libre le samedi."),
    (("linguistic", "organising"), "J’enseigne au lycée. Je peux lire avec les élèves."),
)


@dataclass(frozen=True)
class Story:
    """One follow-up: what for, its meetings (days ago, minutes, subject, next step), whether it is over."""

    theme: str
    goal: str
    meetings: tuple[tuple[int, int, str, str], ...]
    over: bool = False


STORIES = (
    Story(
        "internet", "Écrire seule ses courriels à sa fille, à Bamako.",
        (
            (62, 45, "Allumer, taper son nom, ouvrir la messagerie.", "Revenir avec l’adresse de sa fille."),
            (48, 60, "Écrire et envoyer un premier courriel.", "Lire la réponse ensemble."),
            (20, 40, "Joindre une photo du téléphone.", "Essayer seule, puis montrer."),
        ),
    ),
    Story(
        "management", "Tenir le cahier de caisse de son étal.",
        ((35, 60, "Noter les ventes.", "Apporter le cahier."), (14, 50, "Compter le bénéfice.", "")),
    ),
    Story("office", "Préparer son CV pour un stage.", ((5, 30, "Choisir un modèle simple.", ""),)),
    Story(
        "governance", "Préparer sa première intervention au conseil communal.",
        (
            (140, 60, "Dire le sujet en une phrase.", "Écrire trois arguments."),
            (126, 45, "Parler deux minutes sans papier.", "S’enregistrer au téléphone."),
            (112, 45, "Répondre à une question difficile.", ""),
            (98, 30, "Bilan après le conseil.", ""),
        ),
        over=True,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Circle:
    """Whom a space knows: its register, its team, and the luck of the draw."""

    space: uuid.UUID
    profile: Profile
    trainer: uuid.UUID
    people: Sequence[Member]
    chance: random.Random
    today: datetime.date

    def ago(self, days: int) -> datetime.date:
        """The day so many days before today."""
        return self.today - datetime.timedelta(days=days)

    def some(self, count: int, fits: Fits) -> list[Member]:
        """So many people for whom that is true, fewer where there are fewer."""
        found = [one for one in self.people if fits(one)]
        return self.chance.sample(found, min(count, len(found)))


def gather(circle: Circle) -> None:
    """Give the register its groups, its volunteers and its follow-ups."""
    _groups(circle)
    _volunteers(circle)
    _follow(circle)


def _groups(circle: Circle) -> None:
    year = circle.today.year
    young, women = _of_age(year, 13, 19), _all_of(_of_age(year, 20, 70), _is_woman)
    school = f"Lycée de {circle.profile.name}, 10e B"
    _group(circle, GroupCard(school, GroupKind.CLASS, _name(circle, MEN), _phone(circle)), 28, young)
    soap = GroupCard("Savonnières du marché", GroupKind.GROUP, _name(circle, WOMEN), _phone(circle))
    _group(circle, soap, 12, women)
    _group(circle, GroupCard(GROUPS[1], GroupKind.GROUP, _name(circle, WOMEN)), 8, women)
    _group(circle, GroupCard("Club vidéo des jeunes"), 9, _of_age(year, 15, 27))
    old = groups.open_group(circle.space, GroupCard("Promotion de l’an dernier"))
    groups.put_in(old, [one.uid for one in circle.some(6, young)])
    groups.put_aside(old)


def _group(circle: Circle, card: GroupCard, count: int, fits: Fits) -> None:
    made = groups.open_group(circle.space, card)
    groups.put_in(made, [one.uid for one in circle.some(count, fits)])


def _of_age(year: int, least: int, most: int) -> Fits:
    return lambda one: least <= year - (one.birth_year or 0) <= most


def _is_woman(one: Member) -> bool:
    return one.sex == "F"


def _all_of(*tests: Fits) -> Fits:
    return lambda one: all(test(one) for test in tests)


def _name(circle: Circle, given: Sequence[str]) -> str:
    return f"{circle.chance.choice(given)} {circle.chance.choice(FAMILIES)}"


def _phone(circle: Circle) -> str:
    return f"76{circle.chance.randrange(10**6):06d}"


def _volunteers(circle: Circle) -> None:
    grown = circle.some(len(OFFERED) + 1, _of_age(circle.today.year, 18, 60))
    for member, offered in zip(grown, (*OFFERED, WHEN_FREE), strict=False):
        made = volunteers.enlist_member(circle.space, member.uid, offered)
        _give(circle, made, circle.chance.randrange(2, 7))
        if offered is WHEN_FREE:
            volunteers.rest(made.uid)
    trainer = volunteers.enlist_staff(circle.space, circle.trainer, OFFERED[0])
    _give(circle, trainer, 3)
    _attend(circle, trainer)
    for families, words in COMING:
        offers.send(circle.space, _name(circle, WOMEN + MEN), _phone(circle), Offered(families, skills=words))


def _give(circle: Circle, one: Volunteer, times: int) -> None:
    for _ in range(times):
        task, days = circle.chance.choice(TASKS)
        remote = task.startswith("Traduction")
        given = Decimal(circle.chance.choice(days))
        volunteers.give(one.uid, circle.ago(circle.chance.randrange(2, 200)), task, given, remote)


def _attend(circle: Circle, one: Volunteer) -> None:
    fair = Event(
        "Forum des logiciels libres", circle.ago(96), circle.ago(94), "Bamako", "Association du libre"
    )
    volunteers.attend(one.uid, fair)


def _follow(circle: Circle) -> None:
    women = circle.some(len(STORIES), _all_of(_of_age(circle.today.year, 18, 60), _is_woman))
    for member, story in zip(women, STORIES, strict=False):
        with as_of(circle.ago(story.meetings[0][0])):
            found = following.open_follow_up(member.uid, circle.trainer, story.theme, story.goal)
        for days, minutes, subject, after in story.meetings:
            following.meet(found.uid, Meeting(circle.ago(days), minutes, subject, after))
        if story.over:
            with as_of(circle.ago(story.meetings[-1][0])):
                following.close(found.uid)

"""The first five lessons of whoever begins at a space: what to do, said in steps, done for real."""

from dataclasses import dataclass

from kiosk.language import Message, msg


@dataclass(frozen=True)
class Lesson:
    """One lesson: `page` is where it is tried, under the words of `try_it`."""

    key: str
    title: Message
    icon: str
    why: Message
    steps: tuple[Message, ...]
    page: str
    try_it: Message


LESSONS = (
    Lesson(
        "accueil",
        msg("Accueillir et noter une visite"),
        "enter",
        msg("Chaque entrée compte. Les rapports partent de là."),
        (
            msg("Ouvrez «\u00a0Visites\u00a0» dès le matin."),
            msg("Touchez le service demandé, puis «\u00a0Une femme\u00a0» ou «\u00a0Un homme\u00a0»."),
            msg("Une erreur\u202f? Touchez «\u00a0Annuler\u00a0» en haut."),
            msg("Sans courant, notez au cahier. Recopiez ensuite le jour."),
        ),
        "desk.visits",
        msg("Noter une visite"),
    ),
    Lesson(
        "registre",
        msg("Inscrire une personne"),
        "person",
        msg("Une personne inscrite une fois se retrouve toujours."),
        (
            msg("Cherchez d’abord son nom\u00a0: elle est peut-être connue."),
            msg("Un nom suffit. Le reste peut attendre."),
            msg("Demandez son accord avant de garder son numéro."),
            msg("Donnez-lui sa carte. Son numéro ouvre sa fiche."),
        ),
        "members.index",
        msg("Ouvrir le registre"),
    ),
    Lesson(
        "formation",
        msg("Préparer une formation"),
        "calendar",
        msg("Une formation annoncée remplit la salle."),
        (
            msg("Choisissez le cours, le jour et le nombre de places."),
            msg("Inscrivez les personnes, ou tout un groupe en un geste."),
            msg("Quand c’est complet, les suivantes attendent leur tour."),
            msg("Imprimez la feuille de présence avant la séance."),
        ),
        "training.index",
        msg("Voir les formations"),
    ),
    Lesson(
        "presences",
        msg("Saisir une feuille de présence"),
        "sheet",
        msg("Une feuille saisie le soir évite les oublis."),
        (
            msg("Ouvrez «\u00a0Aujourd’hui\u00a0»\u00a0: les feuilles à saisir y attendent."),
            msg("Touchez «\u00a0Tout le monde est là\u00a0», puis les absences."),
            msg("Ajoutez qui est venu sans inscription."),
            msg("Une faute se corrige plus tard. La trace reste."),
        ),
        "desk.today_page",
        msg("Ouvrir Aujourd’hui"),
    ),
    Lesson(
        "envois",
        msg("Envoyer au centre et garder une copie"),
        "send",
        msg("Une machine peut tomber. Ce qui est envoyé reste."),
        (
            msg("«\u00a0En attente\u00a0» veut dire\u00a0: pas encore au centre."),
            msg("Dès qu’il y a du réseau, tout part seul."),
            msg("Sans réseau longtemps, utilisez une clé USB."),
            msg("Une fois par semaine, regardez «\u00a0Envois\u00a0»."),
        ),
        "sync.index",
        msg("Voir les envois"),
    ),
)
BY_KEY = {one.key: one for one in LESSONS}

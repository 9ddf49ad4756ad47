"""The courses every space starts with: what they are for, in half-days, and what to have ready.

A course is seeded once, under an id that follows from the space: two machines of
one space make the same one, and nothing a space changed is ever written over. What
a former release did not seed (modules, objectives, checklist) is read from here
until the space writes its own.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.storage import derived_uid
from kiosk.training.catalogue.models import Course, SessionKind
from kiosk.training.catalogue.themes import key_of

Module = tuple[str, int, str]
_ROOM = ("Compter les postes qui marchent.", "Imprimer la feuille de présence.", "Prévoir l’eau.")


@dataclass(frozen=True)
class Outline:
    """A course as someone writes it; `hours` is its usual length, None when it varies.

    `modules` are (title, half-days, objective) in order; `theme` is the key of a domain.
    """

    title: str
    domain: str = ""
    level: str = ""
    summary: str = ""
    hours: int | None = None
    theme: str = ""
    kind: SessionKind = SessionKind.COURSE
    languages: Sequence[str] = ()
    objectives: Sequence[str] = ()
    checklist: Sequence[str] = ()
    modules: Sequence[Module] = ()


def _course(title: str, theme: str, level: str, summary: str, *modules: Module) -> Outline:
    goals = [goal for _, _, goal in modules]
    hours = 3 * sum(halves for _, halves, _ in modules)
    domain = {"office": "Bureautique", "internet": "Internet", "citizenship": "Citoyenneté"}[theme]
    return Outline(
        title, domain, level, summary, hours, theme, objectives=goals, checklist=_ROOM, modules=modules
    )


SEEDS: Mapping[str, Outline] = {
    "word": _course(
        "Word", "office", "Débutants", "Écrire, corriger et imprimer une lettre.",
        ("Écrire", 1, "Taper et enregistrer un texte."),
        ("Corriger", 1, "Corriger un texte sans le refaire."),
        ("Mettre en page", 1, "Donner un titre et des marges."),
        ("Imprimer", 1, "Imprimer une lettre sur une page."),
    ),
    "word-2": _course(
        "Word", "office", "Niveau 2", "Faire un rapport avec des titres et des tableaux.",
        ("Titres et sommaire", 1, "Tenir un long texte par ses titres."),
        ("Tableaux et images", 1, "Placer un tableau et une photo."),
        ("Lettres en nombre", 1, "Écrire la même lettre à trente personnes."),
    ),
    "excel": _course(
        "Excel", "office", "Débutants", "Faire un tableau et des additions.",
        ("Le tableau", 1, "Remplir des lignes et des colonnes."),
        ("Les calculs", 1, "Additionner une colonne."),
        ("Le cahier de caisse", 1, "Tenir une caisse sans faute."),
        ("Imprimer", 1, "Imprimer un tableau qui se lit."),
    ),
    "excel-2": _course(
        "Excel", "office", "Niveau 2", "Trier, compter et dessiner des chiffres.",
        ("Trier et filtrer", 1, "Retrouver une ligne parmi cent."),
        ("Compter par groupe", 1, "Compter des femmes et des hommes."),
        ("Graphiques", 1, "Montrer un chiffre par un dessin."),
    ),
    "access": _course(
        "Access", "office", "Niveau 2", "Ranger des fiches et les retrouver.",
        ("Les tables", 1, "Dire ce que chaque fiche contient."),
        ("Les formulaires", 1, "Saisir une fiche sans se tromper."),
        ("Les requêtes", 2, "Poser une question aux fiches."),
        ("Les états", 1, "Imprimer une liste propre."),
    ),
    "internet": _course(
        "Internet", "internet", "Débutants", "Chercher, lire et écrire un message.",
        ("Chercher", 1, "Trouver une réponse et sa source."),
        ("Écrire", 1, "Envoyer et lire un message."),
        ("Se protéger", 1, "Choisir un bon mot de passe."),
    ),
    "internet-2": _course(
        "Internet", "internet", "Niveau 2", "Publier et travailler à plusieurs.",
        ("Publier", 1, "Mettre une nouvelle en ligne."),
        ("Travailler à plusieurs", 1, "Partager un document."),
    ),
    "citizenship": _course(
        "Citoyenneté numérique", "citizenship", "Tous", "Vérifier une nouvelle et protéger ses données.",
        ("Droits et devoirs en ligne", 1, "Dire ses droits et ses devoirs en ligne."),
        ("Vérifier une nouvelle", 1, "Reconnaître une fausse nouvelle."),
        ("Protéger ses données", 1, "Régler son téléphone et ses comptes."),
        ("Prendre part", 1, "Poser une question à un élu en ligne."),
    ),
    "action": Outline(
        "Formation-action 2 jours", "Citoyenneté", "Tous", "Apprendre en menant une action du village.", 14,
        "citizenship", SessionKind.ACTION,
        objectives=(
            "Dire ce qu’est une campagne de mobilisation.",
            "Choisir un public et un message.",
            "Produire une affiche, un son ou une vidéo.",
            "Partir avec un plan d’action daté.",
        ),
        checklist=(
            "La salle est réservée.", "Les invitations sont parties.", "Les téléphones sont chargés.",
            "Le vidéoprojecteur marche.", "La feuille de présence est imprimée.",
            "Le repas et l’eau sont prévus.", "Les accords pour les photos sont prêts.",
        ),
        modules=(
            ("Comprendre la mobilisation digitale", 1, "Dire ce qu’est une campagne de mobilisation."),
            ("Choisir son public et son message", 1, "Choisir un public et un message."),
            ("Produire un contenu", 1, "Produire une affiche, un son ou une vidéo."),
            ("Planifier l’action", 1, "Partir avec un plan d’action daté."),
        ),
    ),
}  # fmt: skip


def seed_uid(key: str, space_uid: uuid.UUID) -> uuid.UUID:
    """Return the id of a seeded course at a space, the same on each of its machines."""
    return derived_uid(f"course.{key}", space_uid)


def seed_of(course: Course) -> Outline | None:
    """Return what the software says of a course that came with it, None for a space's own."""
    if not course.seeded:
        return None
    found = (key for key in SEEDS if seed_uid(key, course.space_uid) == course.uid)
    return next((SEEDS[key] for key in found), None)


def theme_of(course: Course) -> str:
    """Return the key of a course's domain; older courses wrote only its name."""
    seed = seed_of(course)
    return course.theme or (seed.theme if seed else "") or key_of(course.domain)


def outline_of(course: Course) -> Outline:
    """Return a course as it reads: what the space wrote, the seeded words where it wrote none."""
    seed = seed_of(course) or Outline(course.title)
    modules = course.modules if course.modules is not None else seed.modules
    return Outline(
        course.title,
        course.domain,
        course.level,
        course.summary,
        course.hours,
        theme_of(course),
        course.kind or seed.kind,
        course.languages or seed.languages,
        seed.objectives if course.objectives is None else course.objectives,
        seed.checklist if course.checklist is None else course.checklist,
        [(str(title), int(halves), str(goal)) for title, halves, goal in modules],
    )

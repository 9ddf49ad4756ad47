"""What the gallery shows: invented but plausible people, days and figures."""

from types import SimpleNamespace as Thing

HERE = Thing(kind="Espace connecté", name="Nioro")
LANGUAGES = [
    Thing(code="fr", name="Français", html_lang="fr", current=True),
    Thing(code="bm", name="Bamanankan", html_lang="bm", current=False),
]
PERSON = Thing(is_authenticated=True, name="Kadidia Sacko", uid="7", role_word="Animatrice")


def item(
    label: str, icon: str, primary: bool = True, badge: int | None = None, current: bool = False
) -> Thing:
    """One entry of a menu."""
    return Thing(label=label, icon=icon, url="#", primary=primary, badge=badge, current=current)


STAFF = [
    item("Aujourd’hui", "home", current=True),
    item("Membres", "people"),
    item("Formations", "calendar"),
    item("Médiathèque", "learn", primary=False),
    item("Articles", "news", primary=False),
    item("Comptoir", "coin", primary=False),
    item("Rapports", "chart", primary=False),
    item("Envois", "send", badge=37),
]
PUBLIC = [
    item("Accueil", "home", current=True),
    item("Apprendre", "learn"),
    item("Programme", "calendar"),
    item("Aide", "help"),
]
HOURS = [
    ("8 h", 3),
    ("9 h", 14),
    ("10 h", 5),
    ("11 h", 4),
    ("12 h", 1),
    ("13 h", 0),
    ("14 h", 6),
    ("15 h", 5),
    ("16 h", None),
    ("17 h", None),
]
MONTHS = [
    ("J", 6, 4),
    ("F", 8, 5),
    ("M", 9, 7),
    ("A", 11, 6),
    ("M", 12, 8),
    ("J", 14, 9),
    ("J", 4, 3),
    ("A", None, None),
    ("S", 10, 7),
    ("O", 14, 8),
    ("N", 11, 7),
]
AGES = [
    ("moins de 15 ans", 9, 7),
    ("15–19 ans", 71, 44),
    ("20–24 ans", 68, 51),
    ("25–35 ans", 57, 46),
    ("36 ans et plus", 28, 19),
    ("âge inconnu", 5, 7),
]

"""Names, villages and habits of the three places, to draw from."""

from dataclasses import dataclass

WOMEN = (
    "Awa Fatoumata Kadidia Hawa Aminata Mariam Oumou Assa Sira Coumba Diaba Fanta Goundo Sadio Maïmouna "
    "Rokia Salimata Kadiatou Ramata Nana Bintou Djénéba Assétou Korotoumou Penda Lalla Habsatou Astan "
    "Aïssata Safiatou Dado Koudédia Niamé Tata Oumoul Fily"
).split()
MEN = (
    "Mamadou Moussa Bakary Demba Cheickna Boubacar Ousmane Issa Amadou Ibrahima Samba Lassana Yacouba "
    "Adama Seydou Modibo Sékou Toumani Diadié Hamady Waly Bandiougou Mahamadou Souleymane Drissa Abdoulaye "
    "Oumar Fousseyni Makan Silly Djibril Hamet Alassane Gaye"
).split()
FAMILIES = (
    "Traoré Diarra Sissoko Diawara Kanouté Koné Cissé Sylla Camara Doucouré Gassama Bathily Soumaré Tandia "
    "Niakaté Magassa Fofana Sacko Dramé Kébé Touré Coulibaly Konaté Keïta Dembélé Diallo Ba Sow Barry "
    "Sidibé Sangaré Diakité Kouyaté Haïdara Sakho Simaga Yatera Diagouraga"
).split()
OCCUPATIONS = (
    ("pupil", 20), ("student", 10), ("apprentice", 9), ("farmer", 11), ("trader", 13), ("craft", 9),
    ("home", 10), ("none", 6), ("teacher", 3), ("official", 2), ("employee", 2), ("returned", 3),
    ("volunteer", 2),
)  # fmt: skip
SCHOOLINGS = (
    ("none", 12), ("literacy", 9), ("koranic", 10), ("primary1", 16), ("primary2", 26), ("secondary", 17),
    ("vocational", 6), ("higher", 4),
)  # fmt: skip
HEARD = (("talk", 34), ("radio", 22), ("school", 14), ("association", 14), ("passing", 9), ("poster", 7))
GROUPS = (
    "Association des femmes du marché",
    "Coopérative maraîchère",
    "Union des jeunes du cercle",
    "Radio rurale",
    "Comité de gestion de l’eau",
)


@dataclass(frozen=True)
class Profile:
    """One space: how many people and lessons, where people come from, what they speak."""

    code: str
    name: str
    commune: str
    address: str
    manager: str
    trainer: str
    author: str
    members: int
    sessions: int
    villages: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    rooms: tuple[tuple[str, int, int], ...]


NIORO = Profile(
    "NIO", "Nioro", "ML010610", "Derrière la mairie", "Kadidia Sissoko", "Bakary Niakaté", "Fanta Traoré",
    186, 13,
    (
        ("Nioro", "ML010610"), ("Nioro", "ML010610"), ("Nioro", "ML010610"), ("Gogui", "ML010606"),
        ("Youri", "ML010616"), ("Guétéma", "ML010607"), ("Troungoumbé", "ML010614"), ("Simbi", "ML010613"),
        ("Yéréré", "ML010615"), ("Gavinané", "ML010605"), ("Sandaré", "ML010612"),
    ),
    ("snk", "bm", "ff", "mey"),
    (("Salle 1", 16, 10), ("Salle des réunions", 40, 0)),
)  # fmt: skip
KAYES = Profile(
    "KAY", "Kayes", "ML010112", "Quartier Liberté, près du marché", "Ramata Diakité", "Moussa Diarra",
    "Djibril Sow", 139, 10,
    (
        ("Kayes", "ML010112"), ("Kayes", "ML010112"), ("Kayes", "ML010112"), ("Khouloum", "ML010114"),
        ("Diamou", "ML010102"), ("Ségala", "ML010125"), ("Somankidy", "ML010127"), ("Koniakary", "ML010115"),
        ("Samé", "ML010124"), ("Sadiola", "ML010122"),
    ),
    ("kao", "bm", "snk", "ff"),
    (("Salle informatique", 12, 8), ("Cour couverte", 50, 0)),
)  # fmt: skip
YELIMANE = Profile(
    "YEL", "Yélimané", "ML010705", "Maison des jeunes", "Assétou Bathily", "Samba Kébé", "Coumba Doucouré",
    87, 7,
    (
        ("Yélimané", "ML010705"), ("Yélimané", "ML010705"), ("Kirané", "ML010706"), ("Tringa", "ML010711"),
        ("Krémis", "ML010707"), ("Diafounou Gory", "ML010702"), ("Toya", "ML010710"), ("Fanga", "ML010703"),
    ),
    ("snk", "snk", "bm"),
    (("Salle 1", 14, 8),),
)  # fmt: skip
PROFILES = {profile.code: profile for profile in (NIORO, KAYES, YELIMANE)}

"""Make the example registers: `python -m tests.data.make`. Same bytes every time.

Names and numbers are invented.
"""

import csv
import datetime
import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
MADE_ON = datetime.datetime(2026, 10, 30, 9, 0)
TITLES = (
    "N°", "Nom et prénoms", "Sexe", "Né(e) en", "Village / Quartier", "Commune", "Téléphone", "Profession",
    "Niveau", "Date d’inscription", "Observations",
)  # fmt: skip
DAY = datetime.date

# name, sex, birth, village, commune, phone, occupation, schooling, registered on, remarks
NIORO: list[tuple[Any, ...]] = [
    ("COULIBALY Awa", "F", "vers 2004", "Nioro-Centre", "Nioro", "76 12 34 56", "Élève", "Lycée", DAY(2025, 3, 4), ""),
    ("DIARRA Moussa", "M", DAY(1998, 3, 12), "Diamouténé", "Nioro", "+223 66 78 90 12", "Commerçant", "DEF", "04/03/2025", ""),
    ("TRAORÉ Fatoumata", "F", 2001, "Tougouné", "Gogui", 76543210, "Étudiante", "Licence", "4 mars 2025", ""),
    ("SISSOKO Bakary", "H", "15-8-99", "Tichy", "Nioro", "0022376451298", "Maçon", "Fondamental 1", "05/03/2025", ""),
    ("DIAWARA Hawa", "F", "1987", "Gavinané", "Gavinané", "79.33.21.45", "Ménagère", "aucun", "05/03/2025", ""),
    ("TOUNKARA Sékou", "M", 36147, "Diakha", "Nioro", "65 02 11 87 / 90 44 12 30", "Chauffeur", "CAP", DAY(2025, 3, 11), "Permis B"),
    ("SOUMARÉ Assitan", "F", "12/03/2006", "", "Guétéma", "", "Élève", "9ème", "11/03/2025", "Vient avec sa sœur"),
    ("KEÏTA Modibo", "M", "01/01/1990", "Nioro-Centre", "Nioro", "76 80 15 22", "Enseignant", "supérieur", "12/03/2025", ""),
    ("CISSÉ Kadiatou", "F", "31/02/1990", "Nioro-Centre", "Nioro", "76 80 15 22", "Commerçante", "Lycée", "12/03/2025", "Même téléphone que M. Keïta"),
    ("SIDIBÉ Oumou", "F", "24 ans", "Sandaré", "", "82 14 55 60", "Couturière", "alphabétisée", "18/03/2025", ""),
    ("Ɲɔgɔndɛmɛ Sira", "F", "env. 1979", "Youri", "Youri", "73 44 09 18", "Cultivatrice", "", "18/03/2025", "Présidente du groupement"),
    ("BATHILY Mahamadou", "M", "2003", "Yéréré", "Yéréré", "76 12 34", "Apprenti", "2e cycle", "19/03/2025", ""),
    ("coulibaly awa", "F", 2004, "Nioro-Centre", "Nioro", "+22376123456", "", "", "", ""),
    ("TRAORE Fatoumata", "F", 1985, "Troungoumbé", "Troungoumbé", "69 77 10 25", "Éleveuse", "aucun", "25/03/2025", ""),
    (),
    ("KANOUTÉ Djénéba", "F", DAY(1995, 7, 20), "Nioro-Centre", "Nioro", "00223 76 99 01 02", "Sans emploi", "Lycée", DAY(2025, 4, 2), ""),
    ("SACKO Boubou", "M", "1968", '"', '"', "+33 6 12 34 56 78", "De retour de migration", "école coranique", DAY(2025, 4, 2), ""),
    ("DOUCOURÉ Nana", "?", "", "Korokodio", "Nioro", "n/a", "", "", "02/04/2025", ""),
    ("MAGASSA Ibrahima", "M", "5 juin 2002", "Diarrah", "Diarra", "66.45.87.21", "Étudiant", "bac", "09/04/2025", ""),
    ("DIALLO Aminata", "Mlle", "20/11/2007", "Simbi", "Simbi", "94 12 78 03", "Élève", "Lycée", "09/04/2025", ""),
    ("N'DIAYE Cheick", "M", "12/12/2091", "Nioro-Centre", "Nioro", "76 20 20 31", "Artisan", "technique", "09/04/2025", ""),
    ("", "F", 1999, "Baniéré", "Nioro", "78 51 23 60", "", "", "", ""),
    ("DIARRA Moussa", "M", "12/03/1998", "Diamouténé", "Nioro", "66 78 90 12", "Commerçant", "", "", "Parle soninké"),
    ("SIMAGA Coumba", "Femme", "03/1994", "Gadiaga", "Nioro du Sahel", "76 08 44 19", "Salariée", "supérieur", "16/04/2025", ""),
    ("TANDIA Lassana", "Homme", "1975 ?", "Kirané", "Kirané Kaniaga", "75 30 30 12", "Cultivateur", "aucun", "16/04/2025", ""),
    ("FOFANA Mariam", "F", "2000", "Nioro-Centre", "Nioro", "76-11-98-40", "Vendeuse", "fondamental", "23/04/2025", ""),
]  # fmt: skip


def rows(titles: tuple[str, ...]) -> list[list[Any]]:
    """The sheet as it is kept: a rank in front of each person, a title line repeated, a total."""
    kept: list[list[Any]] = []
    rank = 0
    for person in NIORO:
        rank += bool(person)
        kept.append([rank, *person] if person else [])
    kept.insert(19, list(titles))
    women = sum(person[1:2] in [("F",), ("Femme",), ("Mlle",)] for person in NIORO)
    kept.append(["TOTAL", f"{rank} personnes, dont {women} femmes"])
    return kept


def write_register(path: Path) -> None:
    """Write the manager's spreadsheet: two lines merged over the titles, dates of every kind."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": MADE_ON, "author": "Espace connecté de Nioro"})
    sheet = book.add_worksheet("Registre")
    bold = book.add_format({"bold": True, "align": "center"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range(0, 0, 0, len(TITLES) - 1, "REGISTRE DES MEMBRES – ESPACE CONNECTÉ DE NIORO", bold)
    sheet.merge_range(1, 0, 1, len(TITLES) - 1, "Arrêté au 30/10/2025", bold)
    sheet.write_row(3, 0, TITLES, bold)
    for at, row in enumerate(rows(TITLES), 4):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(at, column, datetime.datetime.combine(value, datetime.time()), day)
            elif value != "":
                sheet.write(at, column, value)
    book.close()


IDEASCUBE = (
    "created_at", "serial", "short_name", "full_name", "latin_name", "birth_year", "gender", "country", "city",
    "id_card_number", "school_level", "marital_status", "box_awareness", "current_occupation", "family_status",
    "camp_address", "phone", "email", "en_level", "ar_level", "fr_level",
)  # fmt: skip
USERS: list[dict[str, str]] = [
    {"serial": "KBNIO001", "short_name": "Awa", "full_name": "Awa Coulibaly", "birth_year": "2004", "gender": "female",
     "country": "ML", "city": "Nioro-Centre", "school_level": "secondary", "box_awareness": "word_of_mouth",
     "current_occupation": "student", "phone": "76123456", "fr_level": "u,s,r"},
    {"serial": "KBNIO002", "short_name": "Djibi", "full_name": "Djibril Tambadou", "birth_year": "1992", "gender": "male",
     "country": "ML", "city": "Yélimané", "school_level": "professional", "box_awareness": "seen_box",
     "current_occupation": "profit_profession", "phone": "+22366001122,75443322", "fr_level": "u,s"},
    {"serial": "KBNIO003", "full_name": "Rokia Niakaté", "birth_year": "1999", "gender": "female", "country": "ML",
     "school_level": "college", "box_awareness": "partner", "current_occupation": "teacher", "en_level": "u", "fr_level": "u,w,s,r"},
    {"serial": "KBNIO004", "short_name": "Vieux Sangaré", "gender": "male", "country": "ML", "camp_address": "Diakha",
     "current_occupation": "no_profession"},
    {"serial": "KBNIO005", "full_name": "Salif Gassama", "birth_year": "1983", "gender": "undefined", "country": "ML",
     "box_awareness": "campaign", "current_occupation": "homemaker"},
    {"serial": "KBNIO006", "full_name": "Moussa Diarra", "birth_year": "1998", "gender": "male", "country": "ML",
     "id_card_number": "ML-0099-12", "phone": "66789012", "current_occupation": "profit_profession"},
]  # fmt: skip


def write_ideascube(path: Path) -> None:
    """Write members as Ideascube names and codes them (comma, UTF-8)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, IDEASCUBE, restval="")
        writer.writeheader()
        for at, user in enumerate(USERS):
            writer.writerow({"created_at": f"2018-02-{at + 10} 14:32:{at}7.482913+00:00", **user})


def write_anonymous(path: Path) -> None:
    """Write the export of Ideascube's own screen in French: translated titles and words, no names."""
    titles = ["created at", "serial", "Année de naissance", "Genre", "Niveau scolaire", "Profession actuelle"]
    people = [
        ["2018-02-10 14:32:07.482913+00:00", "KBNIO001", "2004", "Féminin", "Secondaire", "Étudiant"],
        ["2018-02-21 10:02:31.118401+00:00", "KBNIO040", "1990", "Masculin", "Primaire", "Autre"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([titles, *people])


def write_text(path: Path, encoding: str, separator: str) -> None:
    """Write a short register as a text file of one encoding and one separator."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(["Prénom", "Nom", "Sexe", "Âge", "Téléphone", "Quartier"])
    writer.writerow(["Fanta", "Sangaré", "F", "23", "76 01 02 03", "Résidence “Étoile”"])
    writer.writerow(["Issa", "Konaté", "H", "31 ans", "+223 66 01 02 03", "Diakha"])
    path.write_bytes(out.getvalue().encode(encoding))


def write_ods(path: Path) -> None:
    """Write a short LibreOffice register by hand."""
    people = [
        ("Nom", "Prénom", "Genre", "Âge"),
        ("Kanté", "Bintou", "Féminin", 19),
        ("Dao", "Yaya", "Masculin", 44),
    ]
    cells = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in people)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    table = f'<table:table table:name="Membres">{cells}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0"?><office:document-content {spaces}>{body}</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry}</manifest:manifest>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(zipfile.ZipInfo(name), text)


def _ods_cell(value: Any) -> str:
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def locked_workbook() -> bytes:
    """Return the container that Excel writes around a workbook with a password (its content is zeros)."""
    free, end, fat, sectors = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 8
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    chain = [fat, end, *range(3, 2 + sectors), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    folder = _ole_entry("Root Entry", 5, 1, end, 0) + _ole_entry(
        "EncryptedPackage", 2, free, 2, sectors * 512
    )
    return head + table + folder + bytes(512 - len(folder)) + bytes(sectors * 512)


def _ole_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def write_bad(folder: Path) -> None:
    """Write files that must be refused with a sentence."""
    folder.joinpath("vide.csv").write_bytes(b"")
    folder.joinpath("image.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    folder.joinpath("sans-titres.csv").write_text("1;2;3\n4;5;6\n", encoding="utf-8")
    whole = (HERE / "registre-nioro.xlsx").read_bytes()
    folder.joinpath("coupe.xlsx").write_bytes(whole[: len(whole) // 2])
    folder.joinpath("mot-de-passe.xlsx").write_bytes(locked_workbook())
    with zipfile.ZipFile(folder / "autre.xlsx", "w") as archive:
        archive.writestr(zipfile.ZipInfo("bonjour.txt"), "Ceci n’est pas un tableau.")


def main() -> None:
    """Write every file."""
    write_register(HERE / "registre-nioro.xlsx")
    write_ideascube(HERE / "ideascube-users.csv")
    write_anonymous(HERE / "ideascube-anonyme.csv")
    write_text(HERE / "liste-windows.csv", "cp1252", ";")
    write_text(HERE / "liste-utf16.txt", "utf-16", "\t")
    write_ods(HERE / "liste-libreoffice.ods")
    (HERE / "illisible").mkdir(exist_ok=True)
    write_bad(HERE / "illisible")


if __name__ == "__main__":
    main()

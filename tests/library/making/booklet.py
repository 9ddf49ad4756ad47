"""The booklet on birth certificates: eight A5 sheets to keep or to print."""
# ruff: noqa: E501

import re
from pathlib import Path

ICONS = Path(__file__).resolve().parents[3] / "kiosk" / "web" / "templates" / "web" / "icons.svg"
SHEETS = [
    ("sheet", "À quoi sert l’acte de naissance", ["Il prouve votre nom, votre âge et vos parents.", "On le demande pour l’école et les examens.", "Il ouvre la carte d’identité et le vote."]),
    ("building", "Déclarer une naissance", ["La déclaration se fait dans les trente jours.", "Allez à la mairie ou au centre d’état civil.", "Le village peut avoir son propre centre."]),
    ("folder", "Apportez", ["le papier de la maternité ou du témoin", "les papiers des deux parents", "le carnet de mariage, si vous en avez un"]),
    ("lock", "Gardez votre volet", ["La mairie vous remet un volet.", "Gardez-le au sec, dans un plastique.", "Faites une copie et une photo."]),
    ("search", "Demander une copie", ["Allez là où la naissance a été déclarée.", "Donnez le nom, la date et le numéro.", "Relisez chaque mot avant de partir."]),
    ("clock", "Le délai est passé", ["Il faut un jugement supplétif.", "Le tribunal le donne, avec deux témoins.", "La mairie écrit ensuite l’acte."]),
    ("info", "Bon à savoir", ["Déclarer dans le délai est gratuit.", "Demandez le prix affiché, et un reçu.", "Les règles changent\u00a0: demandez à la mairie."]),
]  # fmt: skip
STYLE = """
@page { size: A5; margin: 0 }
body { margin: 0; font: 21pt/1.4 'Noto Sans', 'DejaVu Sans', sans-serif; color: #1b1915 }
section { box-sizing: border-box; height: 209mm; padding: 18mm 14mm; position: relative; break-after: page; overflow: hidden }
section:last-child { break-after: auto }
section.cover { background: #1a2356; color: #fff }
h1 { font-size: 34pt; line-height: 1.1; margin: 60mm 0 8mm }
h2 { font-size: 28pt; line-height: 1.15; margin: 2mm 0 9mm; color: #1a2356 }
li { margin: 0 0 6mm; list-style: none; padding-left: 11mm; position: relative }
li::before { content: ''; position: absolute; left: 0; top: 2.4mm; width: 5mm; height: 5mm; background: #e9ad45; transform: rotate(45deg) }
svg.band { position: absolute; left: 0; right: 0; bottom: 0; width: 100% }
svg.icon { display: block; width: 34mm; height: 34mm; padding: 5mm; border-radius: 6mm; background: #f8e5da; fill: none; stroke: #7d3316; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; --ia: #e9ad45 }
ul { padding: 0 }
footer { position: absolute; bottom: 24mm; left: 14mm; font-size: 12pt; color: #49433a }
"""
BAND = '<svg class=band viewBox="0 0 420 60"><path fill="{fill}" d="M0 60l35-44 35 44 35-44 35 44 35-44 35 44 35-44 35 44 35-44 35 44 35-44 35 44z"/><path fill="none" stroke="#e9ad45" stroke-width="3" d="M0 48L35 4l35 44 35-44 35 44 35-44 35 44 35-44 35 44 35-44 35 44 35-44 35 44"/></svg>'


def pages(title: str = "Demander un acte de naissance") -> str:
    """The booklet as a page to print."""
    cover = f"<section class=cover><h1>{title}</h1><p>Où aller, quoi apporter, que faire.</p>{BAND.format(fill='#2a3782')}</section>"
    inside = "".join(_sheet(number, *sheet) for number, sheet in enumerate(SHEETS, start=2))
    return f"<title>{title}</title><style>{STYLE}</style>{cover}{inside}"


def _sheet(number: int, icon: str, title: str, lines: list[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<section>{_icon(icon)}<h2>{title}</h2><ul>{items}</ul><footer>{number}</footer>{BAND.format(fill='#f0e6d5')}</section>"


def _icon(name: str) -> str:
    """One of the project's own icons, large."""
    found = re.search(rf'<symbol id="i-{name}"[^>]*>(.*?)</symbol>', ICONS.read_text("utf-8"), re.S)
    assert found, name
    return f'<svg class=icon viewBox="0 0 24 24">{found[1]}</svg>'

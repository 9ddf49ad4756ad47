"""A drawing of the French keyboard with the keys one must know, told by colour and by name."""
# ruff: noqa: E501

ROWS = [
    ["²", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", ")", "=", "Retour arrière:2:e"],
    ["Tab:1.4:e", "A", "Z", "E", "R", "T", "Y", "U", "I", "O", "P", "^", "$", "Entrée:1.6:i"],
    ["Verr. Maj:1.8:e", "Q", "S", "D", "F:1:o", "G", "H", "J:1:o", "K", "L", "M", "ù", "*", "Suppr:1.2:e"],
    ["Maj:1.4:i", "<", "W", "X", "C", "V", "B", "N", ",", ";", ":", "!", "Maj:2.6:i"],
    ["Ctrl:1.5:i", "Échap:1.5:e", "Alt:1.3", "Espace:5.7:i", "Alt Gr:1.5", "Ctrl:1.5:i", "◂", "▸"],
]  # fmt: skip
TONES = {"": "#ffffff", "e": "#f8e5da", "i": "#e8ebf7", "o": "#e9ad45"}
UNIT, HIGH, GAP, TOP, LEFT = 61.6, 66, 6, 216, 36


def drawing() -> str:
    """The picture as a page: title, keyboard, and what the colours mean."""
    keys = "".join(_row(names, index) for index, names in enumerate(ROWS))
    peaks = "l30-26 30 26" * 18
    frame = (
        '<svg width="1080" height="720" viewBox="0 0 1080 720" font-family="Noto Sans, DejaVu Sans" fill="#1b1915">'
        '<path fill="#f8f3e9" d="M0 0h1080v720H0z"/><path fill="#1a2356" d="M0 0h1080v150H0z"/>'
        f'<path fill="none" stroke="#e9ad45" stroke-width="4" d="M0 142{peaks}"/>'
        '<text x="36" y="88" font-size="52" font-weight="700" fill="#fff">Le clavier</text>'
        f'<rect x="20" y="{TOP - 22}" width="1040" height="402" rx="18" fill="#d9ccb6"/>'
    )
    return f"<style>body{{margin:0}}</style>{frame}{keys}{_legend()}</svg>"


def _row(names: list[str], index: int) -> str:
    x, y, made = float(LEFT), TOP + index * (HIGH + GAP), []
    for name in names:
        label, width, tone = [*name.split(":"), "", ""][:3] if len(name) > 1 else (name, "", "")
        wide = float(width or 1) * UNIT + (float(width or 1) - 1) * GAP
        made.append(_key(label, x, y, wide, TONES[tone]))
        x += wide + GAP
    return "".join(made)


def _key(label: str, x: float, y: float, wide: float, ground: str) -> str:
    size = 30 if len(label) == 1 else 20 if len(label) < 9 else 17
    safe = label.replace("<", "&lt;")
    return (
        f'<rect x="{x:.0f}" y="{y}" width="{wide:.0f}" height="{HIGH}" rx="9" fill="{ground}" stroke="#7a6f5e" stroke-width="2"/>'
        f'<text x="{x + wide / 2:.0f}" y="{y + HIGH / 2 + size / 3:.0f}" font-size="{size}" font-weight="600" text-anchor="middle">{safe}</text>'
    )


def _legend() -> str:
    said = [
        (36, "i", "écrire et commander"),
        (356, "e", "corriger et se déplacer"),
        (716, "o", "F et J, la place des index"),
    ]
    made = []
    for x, tone, words in said:
        made.append(
            f'<rect x="{x}" y="640" width="34" height="34" rx="7" fill="{TONES[tone]}" stroke="#7a6f5e" stroke-width="2"/>'
            f'<text x="{x + 46}" y="665" font-size="22" font-weight="600">{words}</text>'
        )
    return "".join(made)

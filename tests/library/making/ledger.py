"""The sales notebook that goes with the lesson on spreadsheets."""

from datetime import date
from pathlib import Path

import xlsxwriter

HEADS = ["Date", "Produit", "Quantité", "Prix", "Total", "Payé"]
SOLD = [
    (date(2026, 11, 3), "Savon", 12, 250, "oui"),
    (date(2026, 11, 3), "Sucre (kg)", 5, 700, "oui"),
    (date(2026, 11, 4), "Savon", 8, 250, "non"),
    (date(2026, 11, 4), "Riz (kg)", 20, 450, "oui"),
    (date(2026, 11, 5), "Huile (litre)", 6, 1100, "non"),
]
LAST = 40


def write(target: Path) -> None:
    """Five sales as examples, room for thirty more, the totals already there."""
    book = xlsxwriter.Workbook(str(target))
    book.set_properties(
        {"title": "Cahier de vente", "author": "Espaces connectés", "created": date(2026, 11, 22)}
    )
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1A2356", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1, "align": "left"})
    money = book.add_format({"num_format": "# ##0", "border": 1})
    plain = book.add_format({"border": 1})
    bold = book.add_format({"bold": True, "num_format": "# ##0", "bg_color": "#F8E5DA", "border": 1})
    sheet = book.add_worksheet("Ventes")
    sheet.set_column("A:A", 13)
    sheet.set_column("B:B", 20)
    sheet.set_column("C:F", 11)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, HEADS, head)
    for row in range(1, LAST):
        sold = SOLD[row - 1] if row <= len(SOLD) else None
        sheet.write_blank(row, 0, None, day) if sold is None else sheet.write_datetime(row, 0, sold[0], day)
        for column, value in enumerate(sold[1:4] if sold else (None, None, None), start=1):
            sheet.write(row, column, value, money if column == 3 else plain)
        total = sold[2] * sold[3] if sold else ""
        sheet.write_formula(row, 4, f'=IF(C{row + 1}="","",C{row + 1}*D{row + 1})', money, total)
        sheet.write(row, 5, sold[4] if sold else None, plain)
    sheet.write(LAST, 3, "Total", bold)
    sheet.write_formula(LAST, 4, f"=SUM(E2:E{LAST})", bold, sum(sold[2] * sold[3] for sold in SOLD))
    sheet.data_validation(1, 5, LAST - 1, 5, {"validate": "list", "source": ["oui", "non"]})
    book.close()

"""Reading the answers to the fields of one's own: what is not of a field's kind is a remark."""

from collections.abc import Mapping

from kiosk.language import msg
from kiosk.members.fields import own
from kiosk.members.fields.models import FieldKind
from kiosk.members.fields.own import Question
from kiosk.members.importer import cells
from kiosk.members.importer.line import Answer, Context, Line
from kiosk.storage import Refusal


def read(line: Line, found: Mapping[str, list[Answer]], context: Context) -> None:
    """Take the answers of a row into the line."""
    for key, answers in found.items():
        field = context.own.get(key)
        if field is None:
            continue
        try:
            line.said[key] = _answer(field, answers[0])
        except (Refusal, ValueError):
            said = answers[0].text[:30]
            told = msg("%(field)s illisible\u00a0: «\u00a0%(said)s\u00a0».", field=field.french, said=said)
            line.remarks.append(told)


def _answer(field: Question, answer: Answer) -> str:
    if field.kind == FieldKind.YES_NO:
        return own.YES if cells.yes(answer.text) else own.NO
    if field.kind == FieldKind.DAY:
        return cells.day(answer.cell).isoformat()
    return own.checked(field, answer.text)

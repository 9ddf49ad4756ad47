"""A person's form with the fields of one's own, and the form that makes such a field."""

from functools import lru_cache
from typing import Any, TypeVar

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from kiosk.language import current, msg
from kiosk.members.fields import own
from kiosk.members.fields.models import FieldKind
from kiosk.members.fields.own import Question
from kiosk.members.forms import MemberForm
from kiosk.web.fields import DayField
from kiosk.web.forms import Form, max_length

F = TypeVar("F", bound=MemberForm)
_YES_NO = [(own.YES, msg("Oui")), (own.NO, msg("Non"))]


def asking(base: type[F], questions: tuple[Question, ...]) -> type[F]:
    """Return the form that asks these fields too, in the reader's language."""
    key: Any = base
    made: type[F] = _asking(key, questions, current().code) if questions else base
    return made


@lru_cache(maxsize=16)
def _asking(base: Any, questions: tuple[Question, ...], _language: str) -> Any:
    # Named by its questions' keys; made once for each set of questions and each language.
    fields = {one.key: _field(one) for one in questions}
    return type(base.__name__, (base,), {"questions": questions, **fields})


def _field(one: Question) -> Any:
    rule = InputRequired(msg("Répondez à cette question.")) if one.required else Optional()
    if one.kind == FieldKind.CHOICE:
        return SelectField(one.label, [rule], choices=[("", "–"), *one.options])
    if one.kind == FieldKind.YES_NO:
        return RadioField(one.label, [rule], choices=_YES_NO)
    if one.kind == FieldKind.NUMBER:
        return IntegerField(one.label, [rule])
    return DayField(one.label, [rule]) if one.kind == FieldKind.DAY else StringField(one.label, [rule])


class FieldForm(Form):
    """A question of one's own."""

    french = StringField(msg("Question"), [InputRequired(msg("Écrivez la question.")), max_length(80)])
    bambara = StringField(msg("En bamanankan"), [Optional(), max_length(80)])
    kind = RadioField(
        msg("Réponse attendue"),
        [InputRequired(msg("Choisissez une sorte de réponse."))],
        choices=list(own.KINDS.items()),
    )
    options = TextAreaField(
        msg("Choix"), [Optional(), max_length(2000)], description=msg("Un choix par ligne.")
    )
    required = BooleanField(msg("La réponse est obligatoire."))
    sensitive = BooleanField(msg("La réponse est sensible\u00a0: elle ne sort que sur demande."))
    in_export = BooleanField(msg("La réponse peut sortir dans un fichier."))


class WordForm(Form):
    """One word of a list."""

    french = StringField(msg("Mot"), [InputRequired(msg("Écrivez le mot.")), max_length(80)])
    bambara = StringField(msg("En bamanankan"), [Optional(), max_length(80)])

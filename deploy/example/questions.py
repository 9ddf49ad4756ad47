"""What one space asks that others do not: its own questions, the answers, two words of its own."""

import random
import uuid
from collections.abc import Sequence

from kiosk.members.fields import defining, lists, own
from kiosk.members.fields.defining import Definition
from kiosk.members.fields.lists import Saying
from kiosk.members.fields.models import FieldKind
from kiosk.members.models import Member

PHONES = ("Le sien", "Celui de la famille", "Celui d’un voisin", "Aucun")
ASKED = (
    Definition("Téléphone à la maison", FieldKind.CHOICE, in_export=True, options=PHONES),
    Definition("A une adresse de courriel", FieldKind.YES_NO, in_export=True),
    Definition("Enfants à l’école", FieldKind.NUMBER, sensitive=True),
)
NO_MORE = Definition("Taille du tricot", FieldKind.TEXT)
ANSWERED = 0.45
OWN_WORDS = (
    ("occupation", "Orpaillage"),
    ("occupation", "Teinture"),
    ("how_heard", "Griot du quartier"),
)


def ask(space: uuid.UUID, people: Sequence[Member], chance: random.Random) -> None:
    """Make the questions of a space, put one aside, and write what people answered."""
    for name, word in OWN_WORDS:
        lists.add(name, Saying(word), space)
    made = [own.one(defining.define(one, space).uid) for one in ASKED]
    unused = defining.define(NO_MORE, space)
    defining.put_aside(unused.uid, space)
    for member in people:
        if chance.random() < ANSWERED:
            own.write(member, {field.key: _answer(field, chance) for field in made})


def _answer(field: own.Question, chance: random.Random) -> str:
    if field.kind == FieldKind.CHOICE:
        return chance.choice(field.options)[0]
    if field.kind == FieldKind.YES_NO:
        return own.YES if chance.random() < 0.3 else own.NO
    return str(chance.randrange(6))

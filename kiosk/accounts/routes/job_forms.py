"""Forms of job descriptions: what a version says, and who holds the post."""

import uuid
from collections.abc import Mapping, Sequence

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from kiosk.accounts.jobs.services import Told
from kiosk.accounts.queries import Colleague
from kiosk.language import msg
from kiosk.web.forms import Form, max_length


class JobForm(Form):
    """One version of a description."""

    title = StringField(msg("Titre du poste"), [DataRequired(msg("Le titre manque.")), max_length(120)])
    body = TextAreaField(
        msg("Ce que la personne fait"),
        [DataRequired(msg("Écrivez ce que la personne fait.")), max_length(12_000)],
        description=msg("Une tâche par ligne, avec un tiret devant. Un titre commence par #."),
    )
    novelty = StringField(
        msg("Ce qui change"),
        [Optional(), max_length(300)],
        description=msg("Une phrase pour qui tient déjà ce poste."),
    )

    def told(self) -> Told:
        """Return what was typed."""
        return Told(self.title.data or "", self.body.data or "", self.novelty.data or "")


class HolderForm(Form):
    """Somebody who holds the post."""

    who = SelectField(msg("Nommer une personne"), [InputRequired(msg("Choisissez une personne."))])

    def offer(self, people: Sequence[Colleague], places: Mapping[uuid.UUID | None, str] | None) -> None:
        """Offer people; under the name of their space where `places` names them."""
        first = ("", msg("Choisissez"))
        if places is None:
            self.who.choices = [first, *((one.uid.hex, one.name) for one in people)]
            return
        groups: dict[str, list[tuple[str, object]]] = {"": [first]}
        for one in people:
            groups.setdefault(places.get(one.space_uid, ""), []).append((one.uid.hex, one.name))
        self.who.choices = groups

"""The writers' forms and the desk's word back."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from kiosk.language import msg, published
from kiosk.posts.channels.services import Card
from kiosk.posts.channels.words import WORDS, word
from kiosk.posts.services import About
from kiosk.posts.text import Text
from kiosk.web.fields import DayField
from kiosk.web.forms import Form, max_length

Choice = tuple[str, str]
_NOBODY = ("", "—")


class NoticeForm(Form):
    """A local notice: a title, a few lines, perhaps a place and a day."""

    title = StringField(msg("Titre"), [max_length(200)])
    body = TextAreaField(msg("Texte"), [max_length(20_000)])
    place = StringField(msg("Lieu"), [Optional(), max_length(120)])
    event_date = DayField(msg("Date de l’événement"), [Optional()])
    language = SelectField(msg("Langue du texte"))
    seen = HiddenField(validators=[Length(max=20)])
    act = HiddenField(validators=[Length(max=20)])

    def offer_languages(self) -> None:
        """Offer every published language, each written in itself, and the text’s own."""
        known = {one.code: one.name for one in published()}
        own = self.language.object_data or ""
        self.language.choices = list(({own: own} | known if own else known).items())

    def begun_at(self) -> int | None:
        """Return which copy was edited (`touched_at`), None for a new text."""
        return int(self.seen.data) if (self.seen.data or "").isdecimal() else None

    def words(self) -> dict[str, Any]:
        """Return the text's columns as typed."""
        names = ("title", "body", "place", "event_date", "language")
        return {name: self[name].data or _empty(name) for name in names}

    def demand(self, missing: Sequence[tuple[str, object]]) -> None:
        """Show under its field each thing that must be there."""
        for name, sentence in missing:
            self[name].errors = [*self[name].errors, str(sentence)]


def _empty(name: str) -> Any:
    return None if name == "event_date" else ""


class ArticleForm(NoticeForm):
    """An article: what a notice holds, who signs it, whom it is about."""

    standfirst = TextAreaField(msg("En deux phrases"), [max_length(600)])
    author_name = StringField(msg("Signature"), [Optional(), max_length(120)])
    collective = SelectField(msg("Collectif"), [Optional()])
    ngo_name = StringField(msg("ONG citée"), [Optional(), max_length(120)])
    commune = SelectField(msg("Commune"), [Optional()])
    space = SelectField(msg("Espace"))
    quotes_agreed = BooleanField(msg("Les personnes citées sont d’accord."))

    known_ngos: Sequence[Choice] = ()

    def chosen_space(self) -> uuid.UUID:
        """Return the space a writer of the centre chose."""
        return uuid.UUID(hex=self.space.data)

    def offer(
        self, collectives: Sequence[Choice], communes: dict[str, list[Choice]], signed: str = ""
    ) -> None:
        """Offer the collectives and the communes, by cercle.

        What the text already names stays offered, though this machine may have
        lost it: the collective `signed`, a commune of a newer list.
        """
        self.offer_languages()
        own, pcode = self.collective.object_data, self.commune.object_data
        lost = [(own, signed)] if own and own not in dict(collectives) else []
        self.collective.choices = [_NOBODY, *collectives, *lost]
        known = {value for group in communes.values() for value, _ in group}
        first = [_NOBODY] if not pcode or pcode in known else [_NOBODY, (pcode, pcode)]
        self.commune.choices = {"—": first, **communes}

    def text(self) -> Text:
        """Return what readers would read."""
        chosen = {one.value: one.label for one in self.collective.choices}.get(self.collective.data or "", "")
        return Text(
            **self.words(),
            standfirst=self.standfirst.data or "",
            author_name=self.author_name.data or "",
            collective_name=chosen if self.collective.data else "",
            ngo_name=self.ngo_name.data or "",
        )

    def about(self) -> About:
        """Return what is kept for lists and counts; an NGO is known by its name."""
        known = {name: uid for uid, name in self.known_ngos}
        return About(
            collective_uid=_uid(self.collective.data),
            ngo_uid=_uid(known.get(self.ngo_name.data or "")),
            commune_pcode=self.commune.data or None,
            quotes_agreed=bool(self.quotes_agreed.data),
        )


def _uid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(hex=text) if text else None


class CommentForm(Form):
    """What the desk writes back to the writers."""

    comment = TextAreaField(msg("Ce qu’il faut corriger"), [Length(max=2000)])


class ApprovalForm(Form):
    """The name of the text that was read, so that nothing else is approved."""

    read = HiddenField(validators=[Length(max=64)])


class DayForm(Form):
    """Another day for a text; `read` names the text that was read, where the day approves it too."""

    day = DayField(
        msg("Jour de publication"), [InputRequired(msg("Écrivez le jour. Exemple\u00a0: 19/11/2026."))]
    )
    read = HiddenField(validators=[Length(max=64)])


class AccountForm(Form):
    """One public account; nothing secret is asked, nothing secret is taken."""

    network = SelectField(msg("Où"))
    handle = StringField(
        msg("Nom du compte"),
        [DataRequired(msg("Le nom du compte manque. Exemple : @FecongMali.")), max_length(60)],
    )
    address = URLField(msg("Adresse"), [Optional(), max_length(300)])

    def offer(self) -> None:
        """Offer every network, and the account’s own where a newer version named it."""
        own = str(self.network.object_data or "")
        known = {str(one): said for one, said in WORDS.items()}
        self.network.choices = list(({own: word(own)} | known if own else known).items())

    def card(self) -> Card:
        """Return the account as typed."""
        return Card(self.network.data, self.handle.data or "", self.address.data or "")

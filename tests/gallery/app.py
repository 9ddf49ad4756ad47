"""A bare application that draws the real templates with invented data."""

from pathlib import Path

from flask import Flask, render_template
from flask_babel import Babel
from jinja2 import FileSystemLoader
from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    validators,
)

from kiosk.language import formats, ntr, tr
from kiosk.web import assets, charts, icons, pieces, stylesheet
from tests.gallery import cast

ROOT = Path(__file__).resolve().parents[2]
STUBS = {
    "web.help": "/aide",
    "web.privacy": "/confidentialite",
    "web.more": "/plus",
    "web.set_language": "/langue",
    "accounts.sign_in": "/connexion",
    "accounts.sign_out": "/sortie",
}


class Inscription(Form):
    """The form of the registration picture."""

    first = StringField("Prénom")
    last = StringField("Nom de famille")
    sex = RadioField("Femme ou homme", choices=[("F", "Femme"), ("H", "Homme")])
    year = IntegerField("Année de naissance", description="Si elle n’est pas sûre, cochez « environ ».")
    about = BooleanField("environ")
    commune = SelectField("Commune", choices=["Nioro du Sahel", "Kayes"])
    phone = TelField(
        "Téléphone",
        [
            validators.Optional(),
            validators.Length(min=8, message="Il manque 2 chiffres. Exemple : 76 12 34 56."),
        ],
        description="Huit chiffres. Le numéro de la famille convient.",
    )
    about_text = TextAreaField("Texte")
    agreed = BooleanField("Awa accepte que l’espace garde ces réponses.")


def _form() -> Inscription:
    form = Inscription(
        data={"first": "Awa", "last": "Coulibaly", "sex": "F", "year": 2004, "about": True, "phone": "761234"}
    )
    form.phone.errors = ["Il manque 2 chiffres. Exemple : 76 12 34 56."]
    form.form_errors = []
    return form


def _blank() -> Inscription:
    form = Inscription()
    form.form_errors = []
    return form


def gallery() -> Flask:
    """The application; every file of ``pages/`` is a page under its own name."""
    app = Flask("gallery", static_folder=str(ROOT / "static"))
    app.jinja_loader = FileSystemLoader([ROOT / "kiosk/web/templates", Path(__file__).parent / "pages"])
    Babel(app, default_locale="fr")
    app.jinja_env.globals.update(
        fmt=formats,
        tr=tr,
        ntr=ntr,
        csrf_token=lambda: "jeton",
        **{name: getattr(cast, name.upper()) for name in ("hours", "months", "ages")},
    )
    for part in (assets, icons, pieces, charts, stylesheet):
        part.register(app)
    for endpoint, path in STUBS.items():
        app.add_url_rule(path, endpoint, lambda: "", methods=["GET", "POST"])
    app.add_url_rule("/noter", "note", lambda: ("", 204), methods=["POST"])
    app.add_url_rule("/<path:name>", "page", _page)
    return app


def _page(name: str) -> str:
    return render_template(
        f"{name}.html",
        here=cast.HERE,
        language=cast.LANGUAGES[0],
        languages=cast.LANGUAGES,
        navigation=cast.STAFF,
        public_navigation=cast.PUBLIC,
        current_user=cast.PERSON,
        notices=[],
        form=_form(),
        blank=_blank(),
        code=500,
        fact="Quelque chose n’a pas marché",
        advice="Ce n’est pas votre faute. Ce que vous avez enregistré est gardé.",
    )

"""The few pages that belong to no room: help, privacy, the rest of the menu."""

from flask import Flask, current_app, render_template
from flask_login import current_user

from kiosk.language import Html, Message, msg, tr
from kiosk.web.cache import shared
from kiosk.web.guards import needs
from kiosk.web.rights import Right

Topic = tuple[Message, str, tuple[Message, ...]]

_PUBLIC: tuple[tuple[str, Topic], ...] = (
    (
        "library.index",
        (
            msg("Lire, écouter, regarder"),
            "learn",
            (
                msg("Touchez « Apprendre » en bas."),
                msg("Choisissez un titre, puis touchez le grand bouton."),
                msg("Rien n’est payant. Aucun compte n’est demandé."),
            ),
        ),
    ),
    (
        "training.programme",
        (
            msg("Suivre une formation"),
            "calendar",
            (
                msg("Touchez « Programme », puis une formation."),
                msg("Touchez « Je m’inscris ». Écrivez votre nom."),
                msg("L’espace vous répond quand vous passez."),
            ),
        ),
    ),
    (
        "web.set_language",
        (
            msg("Changer de langue"),
            "language",
            (msg("Touchez le nom de la langue, en haut."), msg("Un mot sans traduction reste en français.")),
        ),
    ),
)
"""What anybody may do, where the page it speaks of stands behind this door."""
_STAFF: tuple[tuple[Right, Topic], ...] = (
    (
        Right.RECORD_VISITS,
        (
            msg("Noter une visite"),
            "enter",
            (
                msg("Touchez « Visites », puis un service."),
                msg("Touchez « Une femme » ou « Un homme ». C’est noté."),
                msg("Une faute ? Touchez « Annuler »."),
            ),
        ),
    ),
    (
        Right.EDIT_MEMBERS,
        (
            msg("Inscrire une personne"),
            "person",
            (
                msg("Touchez « Membres », puis « Inscrire une personne »."),
                msg("Un nom suffit. Demandez aussi : femme ou homme ?"),
                msg("Complétez plus tard. Rien ne se perd."),
            ),
        ),
    ),
    (
        Right.MARK_ATTENDANCE,
        (
            msg("Noter les présences"),
            "sheet",
            (
                msg("Touchez « Formations », puis la séance."),
                msg("Touchez « Tout le monde est là », puis les absences."),
                msg("Une faute ? Touchez « Annuler », ou corrigez plus tard."),
            ),
        ),
    ),
    (
        Right.WRITE_POSTS,
        (
            msg("Écrire un article"),
            "pencil",
            (
                msg("Touchez « Articles », puis « Écrire un article »."),
                msg("Enregistrez souvent. Le brouillon reste sur la machine."),
                msg("Touchez « Envoyer en relecture » quand tout est prêt."),
            ),
        ),
    ),
    (
        Right.EDIT_MEMBERS,
        (
            msg("Reprendre un ancien registre"),
            "folder",
            (
                msg("Touchez « Membres », puis « Reprendre un registre »."),
                msg("Choisissez le fichier, puis « Lire le fichier ». Rien n’est encore écrit."),
                msg("Vérifiez chaque ligne, puis « Écrire dans le registre »."),
            ),
        ),
    ),
    (
        Right.REVIEW_POSTS,
        (
            msg("Relire un article"),
            "excuse",
            (
                msg("Touchez « À relire », puis l’article."),
                msg("Il est bon ? Touchez « Valider et publier »."),
                msg("Il manque quelque chose ? « Renvoyer à corriger », avec un mot."),
            ),
        ),
    ),
    (
        Right.SEE_REPORTS,
        (
            msg("Faire un rapport"),
            "chart",
            (
                msg("Touchez « Rapports », puis une période."),
                msg("« Télécharger le tableau » donne un fichier pour tableur."),
                msg("Les totaux seuls y sont, jamais les noms."),
            ),
        ),
    ),
    (
        Right.COORDINATE,
        (
            msg("Relier un kiosque"),
            "wifi",
            (
                msg("Touchez « Kiosques », puis « Relier un kiosque »."),
                msg("Choisissez l’espace, puis « Faire le code »."),
                msg("Donnez ce code à l’espace. Il sert une fois."),
            ),
        ),
    ),
    (
        Right.SYNC,
        (
            msg("Envoyer au centre"),
            "send",
            (
                msg("Sans réseau, continuez : tout attend ici."),
                msg("Le réseau revient ? L’envoi part tout seul."),
                msg("Pour aller plus vite : « Envois », puis « Synchroniser »."),
            ),
        ),
    ),
)


def register(app: Flask) -> None:
    """Open `/aide`, `/confidentialite`, the staff page `/plus` and the machine's `/sante`."""
    app.add_url_rule("/aide", "web.help", shared(help_page))
    app.add_url_rule("/confidentialite", "web.privacy", shared(privacy))
    app.add_url_rule("/plus", "web.more", needs()(more))
    app.add_url_rule("/sante", "web.health", health)


def help_page() -> str:
    """Show how to do the main things: a stranger's, and those the reader's rights open."""
    mine = [topic for right, topic in _STAFF if current_user.can(right)]
    open_to_all = [topic for page, topic in _PUBLIC if page in current_app.view_functions]
    topics = [_said(topic) for topic in (*mine, *open_to_all)]
    return render_template("web/help.html", topics=topics, contact=_contact())


def _said(topic: Topic) -> tuple[Message, str, list[Html]]:
    title, icon, lines = topic
    return title, icon, [tr(line) for line in lines]


def privacy() -> str:
    """Show what is kept about people, why, and whom to ask."""
    return render_template("web/privacy.html", contact=_contact())


def _contact() -> str:
    words: str = current_app.config["SETTINGS"].contact
    return words


def more() -> str:
    """Show the lines of the menu that do not fit the phone's tab bar."""
    return render_template("web/more.html")


def health() -> tuple[str, int, dict[str, str]]:
    """Answer « ok » to the machine's own checks."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}

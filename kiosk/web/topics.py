"""What the page of help says: a topic for each thing one may do, in three short lines."""

from kiosk.language import Message, msg
from kiosk.web.rights import Right

Topic = tuple[Message, str, tuple[Message, ...]]


def _topic(title: Message, icon: str, *lines: Message) -> Topic:
    return title, icon, lines


PUBLIC: tuple[tuple[str, Topic], ...] = (
    (
        "library.index",
        _topic(
            msg("Lire, écouter, regarder"),
            "learn",
            msg("Touchez « Apprendre » en bas."),
            msg("Choisissez un titre, puis touchez le grand bouton."),
            msg("Rien n’est payant. Aucun compte n’est demandé."),
        ),
    ),
    (
        "training.programme",
        _topic(
            msg("Suivre une formation"),
            "calendar",
            msg("Touchez « Programme », puis une formation."),
            msg("Touchez « Je m’inscris ». Écrivez votre nom."),
            msg("L’espace vous répond quand vous passez."),
        ),
    ),
    (
        "web.set_language",
        _topic(
            msg("Changer de langue"),
            "language",
            msg("Touchez le nom de la langue, en haut."),
            msg("Un mot sans traduction reste en français."),
        ),
    ),
)
"""What anybody may do, where the page it speaks of stands behind this door."""
STAFF: tuple[tuple[Right, tuple[str, ...], Topic], ...] = (
    (
        Right.RECORD_VISITS,
        ("desk.visits", "desk.note_later"),
        _topic(
            msg("Noter une visite"),
            "enter",
            msg("Touchez « Visites », puis un service."),
            msg("Touchez « Une femme » ou « Un homme ». C’est noté."),
            msg("Une faute ? Touchez « Annuler »."),
        ),
    ),
    (
        Right.EDIT_MEMBERS,
        ("members.new", "members.edit", "members.index", "members.show"),
        _topic(
            msg("Inscrire une personne"),
            "person",
            msg("Touchez « Membres », puis « Inscrire une personne »."),
            msg("Un nom suffit. Demandez aussi : femme ou homme ?"),
            msg("Complétez plus tard. Rien ne se perd."),
        ),
    ),
    (
        Right.MARK_ATTENDANCE,
        (
            "training.presences",
            "training.arrival",
            "training.heads",
            "training.person",
            "training.change",
            "training.paper",
        ),
        _topic(
            msg("Noter les présences"),
            "sheet",
            msg("Touchez « Formations », puis la séance."),
            msg("Touchez « Tout le monde est là », puis les absences."),
            msg("Une faute ? Touchez « Annuler », ou corrigez plus tard."),
        ),
    ),
    (
        Right.RECORD_VISITS,
        ("desk.book", "desk.fair_share"),
        _topic(
            msg("Réserver un ordinateur ou une salle"),
            "clock",
            msg("Touchez « Visites », puis « Réservations »."),
            msg("Cherchez la personne, puis donnez l’heure."),
            msg("Une faute ? Touchez « Annuler »."),
        ),
    ),
    (
        Right.EDIT_TRAINING,
        (
            "training.new",
            "training.dates",
            "training.edit",
            "training.show",
            "training.index",
            "training.course",
        ),
        _topic(
            msg("Préparer une formation"),
            "calendar",
            msg("Touchez « Formations », puis « Nouvelle formation »."),
            msg("Un titre et un jour suffisent."),
            msg("Imprimez la feuille avant la séance."),
        ),
    ),
    (
        Right.EDIT_TRAINING,
        ("training.enrol", "members.group", "members.add_to_group", "members.new_group"),
        _topic(
            msg("Inscrire tout un groupe"),
            "people",
            msg("Touchez « Membres », puis « Groupes et classes »."),
            msg("Ouvrez le groupe, puis touchez « Inscrire »."),
            msg("Sans place libre, les personnes attendent leur tour."),
        ),
    ),
    (
        Right.EDIT_TRAINING,
        ("training.attest", "training.revoke"),
        _topic(
            msg("Faire les attestations"),
            "diploma",
            msg("Saisissez d’abord toutes les feuilles de présence."),
            msg("Ouvrez la formation, puis touchez « Attestations »."),
            msg("Une faute ? Touchez « Corriger », puis « Refaire »."),
        ),
    ),
    (
        Right.EDIT_TRAINING,
        ("training.follow",),
        _topic(
            msg("Accompagner une personne"),
            "person",
            msg("Ouvrez sa fiche, puis touchez « Accompagner »."),
            msg("Notez chaque rencontre : sa durée, son sujet."),
            msg("C’est fini ? Touchez « Finir le suivi »."),
        ),
    ),
    (
        Right.EDIT_MEMBERS,
        (
            "members.volunteer",
            "members.give_time",
            "members.attend_event",
            "members.offer",
            "members.enlist",
            "members.choose_volunteer",
            "members.change_volunteer",
        ),
        _topic(
            msg("Noter le temps d’un bénévole"),
            "people",
            msg("Touchez « Bénévoles », puis la personne."),
            msg("Touchez « Noter du temps ». Une demi-journée s’écrit 0,5."),
            msg("Ces jours ne s’ajoutent jamais aux formations."),
        ),
    ),
    (
        Right.EDIT_MEMBERS,
        ("members.card",),
        _topic(
            msg("Imprimer les cartes"),
            "print",
            msg("Touchez « Membres », puis « Cartes à imprimer »."),
            msg("Ouvrez le PDF, et imprimez-le à 100 %."),
            msg("Revenez, puis touchez « C’est imprimé »."),
        ),
    ),
    (
        Right.WRITE_POSTS,
        ("posts.",),
        _topic(
            msg("Écrire un article"),
            "pencil",
            msg("Touchez « Articles », puis « Écrire un article »."),
            msg("Enregistrez souvent. Le brouillon reste sur la machine."),
            msg("Touchez « Envoyer en relecture » quand tout est prêt."),
        ),
    ),
    (
        Right.EDIT_MEMBERS,
        ("members.choose_file", "members.preview", "members.choose_columns", "members.explained"),
        _topic(
            msg("Reprendre un ancien registre"),
            "folder",
            msg("Touchez « Membres », puis « Reprendre un registre »."),
            msg("Choisissez le fichier, puis « Lire le fichier ». Rien n’est encore écrit."),
            msg("Vérifiez chaque ligne, puis « Écrire dans le registre »."),
        ),
    ),
    (
        Right.REVIEW_POSTS,
        ("editorial.",),
        _topic(
            msg("Relire un article"),
            "excuse",
            msg("Touchez « À relire », puis l’article."),
            msg("Il est bon ? Touchez « Valider et publier »."),
            msg("Il manque quelque chose ? « Renvoyer à corriger », avec un mot."),
        ),
    ),
    (
        Right.SEE_REPORTS,
        ("reports.",),
        _topic(
            msg("Faire un rapport"),
            "chart",
            msg("Touchez « Rapports », puis une période."),
            msg("« Télécharger le tableau » donne un fichier pour tableur."),
            msg("Les totaux seuls y sont, jamais les noms."),
        ),
    ),
    (
        Right.COORDINATE,
        ("central.",),
        _topic(
            msg("Relier un kiosque"),
            "wifi",
            msg("Touchez « Kiosques », puis « Relier un kiosque »."),
            msg("Choisissez l’espace, puis « Faire le code »."),
            msg("Donnez ce code à l’espace. Il sert une fois."),
        ),
    ),
    (
        Right.SYNC,
        ("sync.",),
        _topic(
            msg("Envoyer au centre"),
            "send",
            msg("Sans réseau, continuez : tout attend ici."),
            msg("Le réseau revient ? L’envoi part tout seul."),
            msg("Pour aller plus vite : « Envois », puis « Synchroniser »."),
        ),
    ),
)
"""What a right opens, and the pages (by the beginning of their endpoints) from which it is asked first."""

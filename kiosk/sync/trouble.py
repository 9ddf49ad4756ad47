"""What can go wrong between a kiosk and the centre, each with its sentence.

None of these is a loss: everything stays in the log until the centre has it.
`code` is what the status and the tests go by.
"""

from kiosk.language import Message, msg
from kiosk.storage import Refusal


class Trouble(Refusal):
    """An exchange stopped; `again` tells whether trying later may help without a person."""

    code = "trouble"
    again = True
    text: Message = msg("L’envoi s’est arrêté. Rien n’est perdu.")

    def __init__(self, detail: str = "", after: float | None = None) -> None:
        super().__init__(self.text)
        self.detail, self.after = detail, after


class NoLink(Trouble):
    """No network, no answer, or a connection cut on the way."""

    code = "no_link"
    text = msg("Pas de réseau vers le centre. Rien n’est perdu.")


class NotTheCentre(Trouble):
    """Something answered without the centre's signature: a portal, a proxy, another server."""

    code = "not_the_centre"
    text = msg("Une autre machine a répondu à la place du centre. Rien n’est parti.")


class NotEnrolled(Trouble):
    """This machine has no key."""

    code = "not_enrolled"
    again = False
    text = msg("Ce kiosque n’est pas encore relié au centre. Lancez «\u00a0kiosk enrol\u00a0».")


class KeyUnreadable(Trouble):
    """The key file is damaged."""

    code = "key_unreadable"
    again = False
    text = msg("Le fichier de clé est illisible. Demandez un nouveau code au centre.")


class Revoked(Trouble):
    """The centre refuses this key, and signed its refusal."""

    code = "revoked"
    again = False
    text = msg("Le centre a retiré la clé de ce kiosque. Appelez la coordination.")


class Unknown(Trouble):
    """The centre does not know this key (unsigned: it has none to sign with)."""

    code = "unknown"
    text = msg("Le centre ne reconnaît pas ce kiosque. Appelez la coordination.")


class Refused(Trouble):
    """The centre could not read a frame, even one change at a time."""

    code = "refused"
    text = msg("Le centre n’a pas pu lire un envoi. Tout est gardé ici.")


class TooBig(Trouble):
    """The frame is larger than the centre takes; a smaller one follows."""

    code = "too_big"
    text = msg("Le centre demande des envois plus petits.")


class Busy(Trouble):
    """The centre asks to come back later."""

    code = "busy"
    text = msg("Le centre est occupé. Le prochain essai viendra tout seul.")


class CentreFailed(Trouble):
    """The centre broke on this request and signed its failure."""

    code = "centre_failed"
    text = msg("Le centre a un problème. Tout est gardé ici.")


class CodeRefused(Trouble):
    """The enrolment code is unknown, used or too old."""

    code = "code_refused"
    again = False
    text = msg("Ce code n’est pas valable, ou il a déjà servi.")


class CodeMistyped(CodeRefused):
    """The enrolment code fails its own check."""

    code = "code_mistyped"
    text = msg("Ce code a une faute. Recopiez-le exactement.")


class OtherSpace(CodeRefused):
    """The code is for another space than the one this machine stands in."""

    code = "other_space"
    text = msg("Ce code est pour un autre espace.")


class NotSafe(Trouble):
    """A plain http address outside this machine."""

    code = "not_safe"
    again = False
    text = msg("L’adresse du centre doit commencer par https://.")


KINDS: dict[str, type[Trouble]] = {
    kind.code: kind
    for kind in (
        *(Trouble, NoLink, NotTheCentre, NotEnrolled, KeyUnreadable, Revoked, Unknown, Refused),
        *(TooBig, Busy, CentreFailed, CodeRefused, CodeMistyped, OtherSpace, NotSafe),
    )
}

"""What can go wrong between a kiosk and the centre, each with its sentence.

None of these is a loss: everything stays in the log until the centre has it.
`code` is what the status and the tests go by.
"""

from typing import ClassVar

from kiosk.language import Message, msg
from kiosk.storage import Refusal


class Trouble(Refusal):
    """An exchange stopped; `again` tells whether trying later may help without a person.

    `moved` tells that something passed before it stopped. A network that is not there is
    nobody's mistake.
    """

    is_mistake: ClassVar[bool] = True
    code: ClassVar[str] = "trouble"
    again: ClassVar[bool] = True
    text: ClassVar[Message] = msg("L’envoi s’est arrêté. Rien n’est perdu.")

    def __init__(self, detail: str = "", after: float | None = None) -> None:
        super().__init__(self.text)
        self.detail, self.after, self.moved = detail, after, False

    def __init_subclass__(
        cls, code: str = "", text: Message | None = None, again: bool | None = None
    ) -> None:
        super().__init_subclass__()
        cls.code, cls.text = code or cls.code, text or cls.text
        cls.again = cls.again if again is None else again
        if code:
            KINDS[code] = cls


KINDS: dict[str, type[Trouble]] = {Trouble.code: Trouble}


class NoLink(Trouble, code="no_link", text=msg("Pas de réseau vers le centre. Rien n’est perdu.")):
    """No network, no answer, or a connection cut on the way.

    `size` bytes were to pass, and `seconds` went by.
    """

    is_mistake = False
    size: int = 0
    seconds: float = 0.0


class Unreached(NoLink):
    """Nobody was reached: nothing had left yet, and nothing is learnt of the way."""


class WrongClock(
    Trouble,
    code="wrong_clock",
    text=msg("La date de la machine empêche une liaison sûre. Mettez-la à l’heure."),
):
    """The centre's certificate is refused for its dates, and nobody can tell the date."""


class NotTheCentre(
    Trouble,
    code="not_the_centre",
    text=msg("Une autre machine a répondu à la place du centre. Rien n’est parti."),
):
    """Something answered without the centre's signature: a portal, a proxy, another server."""

    is_mistake = False


class NotEnrolled(
    Trouble,
    code="not_enrolled",
    text=msg("Ce kiosque n’est pas encore relié au centre. Lancez «\u00a0kiosk enrol\u00a0»."),
    again=False,
):
    """This machine has no key."""


class KeyUnreadable(
    Trouble,
    code="key_unreadable",
    text=msg("Le fichier de clé est illisible. Demandez un nouveau code au centre."),
    again=False,
):
    """The key file is damaged."""


class Revoked(
    Trouble,
    code="revoked",
    text=msg("Le centre a retiré la clé de ce kiosque. Appelez la coordination."),
    again=False,
):
    """The centre refuses this key, and signed its refusal."""


class Unknown(
    Trouble,
    code="unknown",
    text=msg("Le centre ne reconnaît pas ce kiosque. Appelez la coordination."),
):
    """The centre does not know this key (unsigned: it has none to sign with)."""


class Refused(Trouble, code="refused", text=msg("Le centre n’a pas pu lire un envoi. Tout est gardé ici.")):
    """The centre could not read a frame, even one change at a time."""


class TooBig(Trouble, code="too_big", text=msg("Le centre demande des envois plus petits.")):
    """The frame is larger than the centre takes; a smaller one follows."""


class TooOld(
    Trouble,
    code="too_old",
    text=msg("Mise à jour requise. Tout est gardé ici."),
    again=False,
):
    """The centre no longer reads what this program writes: it collects on, and waits for its update."""


class Busy(Trouble, code="busy", text=msg("Le centre est occupé. Le prochain essai viendra tout seul.")):
    """The centre asks to come back later."""

    is_mistake = False


class CentreFull(
    Trouble, code="centre_full", text=msg("Le disque du centre ne prend plus rien. Tout est gardé ici.")
):
    """The centre's disk is full, or refuses to be written."""


class DiskFull(
    Trouble,
    code="disk_full",
    text=msg("Le disque est plein. Libérez de la place\u00a0: l’envoi reprendra tout seul."),
):
    """No room on the disk of this machine."""


class DiskLocked(
    Trouble,
    code="disk_locked",
    text=msg("Le disque refuse l’écriture. Prévenez la personne qui entretient la machine."),
):
    """The disk of this machine cannot be written, or answers badly."""


class CentreFailed(Trouble, code="centre_failed", text=msg("Le centre a un problème. Tout est gardé ici.")):
    """The centre broke on this request and signed its failure."""


class CodeRefused(
    Trouble,
    code="code_refused",
    text=msg("Ce code n’est pas valable, ou il a déjà servi."),
    again=False,
):
    """The enrolment code is unknown, used or too old."""


class CodeMistyped(
    CodeRefused,
    code="code_mistyped",
    text=msg("Ce code a une faute. Recopiez-le exactement."),
):
    """The enrolment code fails its own check."""


class OtherSpace(CodeRefused, code="other_space", text=msg("Ce code est pour un autre espace.")):
    """The code is for another space than the one this machine stands in."""


class ReplacesAMachine(
    CodeRefused,
    code="replaces",
    text=msg("Ce code remplace une machine perdue. Ajoutez «\u00a0--replace\u00a0»."),
):
    """The code withdraws another machine's key: that must be meant."""


class WhichMachine(
    CodeRefused,
    code="which_machine",
    text=msg("Cet espace a plusieurs machines. Demandez un code de remplacement."),
):
    """An ordinary code cannot say which of several machines was lost."""


class NotSafe(
    Trouble,
    code="not_safe",
    text=msg("L’adresse du centre doit commencer par https://."),
    again=False,
):
    """A plain http address outside this machine."""

"""The questions and answers of the short set.

The order, the six questions and the four answers are those of the Washington Group
on Disability Statistics; the French wording is to be checked by the coordination
against the Group's own French text before figures are published.
"""

from collections.abc import Mapping

from kiosk.language import Message, msg
from kiosk.members.disability.models import Difficulty

OPENING = msg("Les questions qui suivent portent sur des difficultés dues à un problème de santé.")
QUESTIONS: Mapping[str, Message] = {
    "seeing": msg("Avez-vous des difficultés à voir, même avec des lunettes\u202f?"),
    "hearing": msg("Avez-vous des difficultés à entendre, même avec un appareil auditif\u202f?"),
    "walking": msg("Avez-vous des difficultés à marcher ou à monter des marches\u202f?"),
    "remembering": msg("Avez-vous des difficultés à vous souvenir ou à vous concentrer\u202f?"),
    "self_care": msg(
        "Avez-vous des difficultés à prendre soin de vous, par exemple à vous laver ou à vous habiller\u202f?"
    ),
    "communicating": msg(
        "Dans votre langue habituelle, avez-vous des difficultés à communiquer,"
        " par exemple à comprendre ou à vous faire comprendre\u202f?"
    ),
}
ANSWERS: Mapping[str, Message] = {
    Difficulty.NONE: msg("Non, aucune difficulté"),
    Difficulty.SOME: msg("Oui, quelques difficultés"),
    Difficulty.MUCH: msg("Oui, beaucoup de difficultés"),
    Difficulty.CANNOT: msg("Je ne peux pas du tout"),
}

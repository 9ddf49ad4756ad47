"""What the forms library says by itself, in our own sentences.

Its French has straight apostrophes and « champ » everywhere. A sentence it says
and we do not know is answered by a plain one, never by English.
"""

from collections.abc import Mapping

from kiosk.language import catalogue, msg

_OTHERWISE = msg("Cette réponse n’est pas comprise.")
_REQUIRED = msg("Une réponse manque ici.")
_NO_CHOICE = msg("Cette réponse n’est pas dans la liste.")
_NO_NUMBER = msg("Écrivez un nombre entier, en chiffres.")
_NO_DATE = msg("Cette date n’existe pas. Exemple\u00a0: 19/11/2026.")
SAID: Mapping[str, str] = {
    english: french.msgid
    for english, french in {
        "This field is required.": _REQUIRED,
        "Invalid input.": _OTHERWISE,
        "Not a valid choice.": _NO_CHOICE,
        "'%(value)s' is not a valid choice for this field.": _NO_CHOICE,
        "'%(value)s' are not valid choices for this field.": _NO_CHOICE,
        "Invalid Choice: could not coerce.": _NO_CHOICE,
        "Invalid choice(s): one or more data inputs could not be coerced.": _NO_CHOICE,
        "Not a valid integer value.": _NO_NUMBER,
        "Not a valid decimal value.": msg("Écrivez un nombre, en chiffres."),
        "Not a valid date value.": _NO_DATE,
        "Not a valid datetime value.": _NO_DATE,
        "Not a valid time value.": msg("Cette heure n’existe pas. Exemple\u00a0: 15:00."),
        "Number must be at least %(min)s.": msg("Le nombre est %(min)s au moins."),
        "Number must be at most %(max)s.": msg("Le nombre est %(max)s au plus."),
        "Number must be between %(min)s and %(max)s.": msg("Le nombre est entre %(min)s et %(max)s."),
        "Field must be at least %(min)d character long.": msg("Trop court\u00a0: %(min)d signes au moins."),
        "Field must be at least %(min)d characters long.": msg("Trop court\u00a0: %(min)d signes au moins."),
        "Field cannot be longer than %(max)d character.": msg("Trop long\u00a0: %(max)d signes au plus."),
        "Field cannot be longer than %(max)d characters.": msg("Trop long\u00a0: %(max)d signes au plus."),
        "Field must be exactly %(max)d character long.": msg("Il faut %(max)d signes."),
        "Field must be exactly %(max)d characters long.": msg("Il faut %(max)d signes."),
        "Field must be between %(min)d and %(max)d characters long.": msg(
            "Il faut %(min)d à %(max)d signes."
        ),
    }.items()
}


class Sayings:
    """The catalogue that the forms library asks; it fills in the figures itself."""

    def gettext(self, string: str) -> str:
        """Return our sentence, with the same figures to fill in."""
        return str(catalogue().gettext(SAID.get(string, _OTHERWISE.msgid)))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return our sentence; ours do not bend with the count."""
        return self.gettext(singular if n == 1 else plural)

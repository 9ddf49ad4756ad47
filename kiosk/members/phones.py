"""Malian phone numbers as people write them, E.164 as they are kept.

Eight digits, first one 2 or 4 to 9, no trunk prefix. A number that is not
Malian is kept as it was written: relatives abroad are reached too. A phone is
never an identity: a family shares one.
"""

import re

_MALI = "+223"
_NATIONAL = re.compile(r"[24-9]\d{7}")
_KEPT = re.compile(r"\+223[24-9]\d{7}")
_ABROAD = re.compile(r"\+\d{8,15}")
_SEVERAL = re.compile(r"[/;,]|\bet\b|\bou\b|\n")
_OTHER = re.compile(r"\D")
DIGITS = 8


def normalise(text: str) -> str:
    """Return E.164 for a Malian or plainly foreign number, else the text without outer spaces."""
    digits = _digits(text)
    if len(digits) > DIGITS:
        for prefix in ("00223", "223"):
            if digits.startswith(prefix) and _NATIONAL.fullmatch(digits.removeprefix(prefix)):
                return _MALI + digits.removeprefix(prefix)
    if _NATIONAL.fullmatch(digits) and not text.strip().startswith("+"):
        return _MALI + digits
    return _abroad(text, digits) or text.strip()


def _digits(text: str) -> str:
    return text if text.isdecimal() else _OTHER.sub("", text)


def _abroad(text: str, digits: str) -> str | None:
    if text.strip().startswith("+"):
        number = f"+{digits}"
    elif digits.startswith("00"):
        number = f"+{digits[2:]}"
    else:
        return None
    known = _ABROAD.fullmatch(number) and not number.startswith(_MALI)
    return number if known else None


def several(text: str) -> list[str]:
    """Return the numbers of a cell that holds more than one, in order."""
    if text.isdecimal():
        return [text]
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def is_malian(phone: str | None) -> bool:
    """Tell whether a kept phone is a whole Malian number."""
    return bool(phone and _KEPT.fullmatch(phone))


def is_whole(phone: str | None) -> bool:
    """Tell whether a kept phone can be called: Malian, or international."""
    return is_malian(phone) or bool(phone and _ABROAD.fullmatch(phone) and not phone.startswith(_MALI))


def missing(text: str) -> int:
    """Return how many digits lack for a Malian number; negative when there are too many."""
    digits = _digits(text)
    for prefix in ("00223", "223"):
        if text.strip().startswith(("+223", "00223")) and digits.startswith(prefix):
            digits = digits.removeprefix(prefix)
    return DIGITS - len(digits)


def shown(phone: str | None) -> str:
    """Return the phone as people read it: « 76 12 34 56 », or as it was kept."""
    if not phone or not is_malian(phone):
        return phone or ""
    local = phone.removeprefix(_MALI)
    return "\u00a0".join(local[at : at + 2] for at in range(0, DIGITS, 2))


def words(phone: str | None) -> list[str]:
    """Return the forms under which a phone is searched: whole, national, by pairs, by its end."""
    if not phone:
        return []
    digits = _digits(phone)
    if not is_malian(phone):
        return [digits]
    local = digits[3:]
    return [digits, local, *(local[at : at + 2] for at in range(0, DIGITS, 2)), local[4:]]

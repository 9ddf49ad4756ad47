"""Writing the lists: add a word, rename it, put it aside, take it up again. Nothing is deleted."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from kiosk.language import Message, fold, msg
from kiosk.members import vocabulary
from kiosk.members.fields import words
from kiosk.members.fields.models import RegisterWord
from kiosk.members.fields.words import Word
from kiosk.storage import NotFound, Refusal, clock, derived_uid, session

_LONGEST = 80
_LONGEST_CODE = 60
_EVERYBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Saying:
    """A word as it is typed, in French and in Bambara ("" where nobody said it)."""

    french: str
    bambara: str = ""

    def checked(self) -> "Saying":
        """Return it tidied. Raises Refusal where the French is missing or one is too long."""
        french, bambara = " ".join(self.french.split()), " ".join(self.bambara.split())
        if not fold(french):
            raise Refusal(msg("Le mot manque."), "french")
        for field, said in (("french", french), ("bambara", bambara)):
            if len(said) > _LONGEST:
                raise Refusal(msg("Trop long\u00a0: %(n)s caractères au plus.", n=_LONGEST), field)
        return Saying(french, bambara)


def add(name: str, saying: Saying, space_uid: uuid.UUID | None) -> RegisterWord:
    """Add a word to a list; `space_uid` None: for every space. Raises Refusal for one already there."""
    said = saying.checked()
    _check_new(name, said, "")
    taken = {word.code for word in words.book(space_uid).words(name)}
    code = next(one for one in _codes(name, said.french) if one not in taken)
    return _write(name, Word(code, said.french, said.bambara), space_uid)


def _codes(name: str, french: str) -> Iterator[str]:
    """Return what rows may keep of a word; a domain's key is the one a space would give it.

    Raises Refusal for a domain without a letter that a key holds: "" is a domain nobody said.
    """
    is_key = name in words.FOR_ALL
    code = vocabulary.slug(french) if is_key else fold(french)[:_LONGEST_CODE]
    if not code:
        raise Refusal(msg("Écrivez ce nom avec les lettres du français."), "french")
    yield code
    first = code[: vocabulary.LONGEST_KEY - 3] if is_key else code
    yield from (f"{first}-{n}" if is_key else f"{first} {n}" for n in count(2))


def rename(name: str, code: str, saying: Saying, space_uid: uuid.UUID | None) -> RegisterWord:
    """Say a word otherwise; cards that keep it show the new one."""
    said, known = saying.checked(), one(name, code, space_uid)
    _check_new(name, said, code)
    return _write(name, Word(code, said.french, said.bambara, known.active), space_uid)


def put_aside(name: str, code: str, space_uid: uuid.UUID | None, active: bool = False) -> RegisterWord:
    """Offer a word no more (or again, when `active`); cards that keep it still say it."""
    known = one(name, code, space_uid)
    french = known.french.msgid if isinstance(known.french, Message) else known.french
    return _write(name, Word(code, french, known.bambara, active), space_uid)


def one(name: str, code: str, space_uid: uuid.UUID | None) -> Word:
    """Return a word of a list. Raises NotFound."""
    found = next((word for word in words.book(space_uid).words(name) if word.code == code), None)
    if found is None:
        raise NotFound(msg("Ce mot n’est pas dans la liste."))
    return found


def _check_new(name: str, said: Saying, but: str) -> None:
    taken = words.book().codes(name)
    if taken.get(fold(said.french), but) != but:
        raise Refusal(msg("Ce mot est déjà dans la liste."), "french")


def _write(name: str, word: Word, space_uid: uuid.UUID | None) -> RegisterWord:
    uid = derived_uid(f"word-{name}-{word.code}", space_uid or _EVERYBODY)
    found = session().get(RegisterWord, uid)
    if found is None:
        found = RegisterWord(uid=uid, space_uid=space_uid, list_name=name, code=word.code)
        found.rank = clock.now_ms()
        session().add(found)
    found.label_fr, found.label_bm = str(word.french), word.bambara or None
    found.active, found.deleted_at = word.active, None
    session().flush()
    return found

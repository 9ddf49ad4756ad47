"""The register of a space: who came over the year, with what a manager really knows of each."""

import datetime
import random
import uuid
from collections.abc import Sequence

from deploy.example.names import FAMILIES, GROUPS, HEARD, MEN, OCCUPATIONS, SCHOOLINGS, WOMEN, Profile
from kiosk.members import services as members
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose, Sex

Weighted = Sequence[tuple[str, int]]


def drawn(chance: random.Random, choices: Weighted) -> str:
    """Draw one word; the numbers say how often each is met."""
    words, weights = zip(*choices, strict=True)
    return str(chance.choices(words, weights)[0])


def register(space: uuid.UUID, profile: Profile, chance: random.Random, today: datetime.date) -> list[Member]:
    """Register the people of a profile, the first of them a year ago, the last ones this week."""
    days = sorted(today - datetime.timedelta(days=chance.randrange(4, 380)) for _ in range(profile.members))
    days[-3:] = [today - datetime.timedelta(days=1)] * 3
    known = [_one(space, profile, chance, day) for day in days[:-1]]
    return [*known, _again(space, known[len(known) // 3], days[-1])]


def _again(space: uuid.UUID, known: Member, day: datetime.date) -> Member:
    """Register somebody a second time, as it happens: the card was not found, the year was guessed."""
    same = {name: getattr(known, name) for name in ("sex", "phone", "village", "commune_pcode")}
    year = known.birth_year and known.birth_year + 1
    return members.register(
        space,
        [Purpose.REGISTER],
        given_name=known.given_name,
        family_name=known.family_name.upper(),
        birth_year=year,
        birth_year_about=True,
        registered_on=day,
        **same,
    )


def _one(space: uuid.UUID, profile: Profile, chance: random.Random, day: datetime.date) -> Member:
    woman = chance.random() < 0.57
    age = min(66, int(chance.triangular(13, 62, 22)))
    village, pcode = chance.choice(profile.villages)
    return members.register(
        space,
        _agreed(chance),
        given_name=chance.choice(WOMEN if woman else MEN),
        family_name=chance.choice(FAMILIES),
        sex=_sex(chance, woman),
        birth_year=day.year - age if chance.random() < 0.95 else None,
        birth_year_about=chance.random() < 0.22,
        phone=_phone(chance) if chance.random() < 0.72 else None,
        village=village,
        commune_pcode=pcode,
        languages=_languages(chance, profile),
        occupation=_occupation(chance, age),
        schooling=drawn(chance, SCHOOLINGS),
        organisation=chance.choice(GROUPS) if chance.random() < 0.16 else None,
        how_heard=drawn(chance, HEARD),
        guardian=f"{chance.choice(MEN + WOMEN)} {chance.choice(FAMILIES)}" if age < 18 else None,
        registered_on=day,
    )


def _sex(chance: random.Random, woman: bool) -> Sex:
    if chance.random() < 0.015:
        return Sex.UNSAID
    return Sex.WOMAN if woman else Sex.MAN


def _agreed(chance: random.Random) -> list[Purpose]:
    wanted = {Purpose.CONTACT: 0.7, Purpose.PHOTO: 0.4, Purpose.PUBLIC_NAME: 0.1}
    return [Purpose.REGISTER, *(purpose for purpose, share in wanted.items() if chance.random() < share)]


def _phone(chance: random.Random) -> str:
    return f"{chance.choice((65, 66, 70, 73, 75, 76, 78, 79, 82, 90, 92))}{chance.randrange(10**6):06d}"


def _languages(chance: random.Random, profile: Profile) -> list[str]:
    spoken = [chance.choice(profile.languages)]
    more = [code for code, share in (("bm", 0.6), ("fr", 0.55)) if chance.random() < share]
    return list(dict.fromkeys(spoken + more))


def _occupation(chance: random.Random, age: int) -> str:
    if age < 18:
        return chance.choice(("pupil", "pupil", "pupil", "apprentice"))
    grown = [(word, weight) for word, weight in OCCUPATIONS if word != "pupil"]
    return drawn(chance, grown)

"""Every table that travels: two machines of a space and another space write apart, and meet at the centre.

What is walked is the list of synced tables: one that a later release adds is tried here
without a word, and fails until its texts are told to people and its persons can be forgotten.
"""

import datetime
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, text

from kiosk.central.models import conflict
from kiosk.members.models import Member
from kiosk.places import services as places
from kiosk.reports import export, queries
from kiosk.reports.periods import Period
from kiosk.storage import Synced, session, synced_models, telling
from kiosk.sync import differences, erasures
from tests.support.machines import Machine
from tests.sync import filling
from tests.sync.conftest import Post, link_up
from tests.sync.filling import Rows, everything, rows, scope

NIORO, KAYES = places.space_uid("NIO"), places.space_uid("KAY")
YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
Field = tuple[str, uuid.UUID, str]
SETTLED = set(
    """
    card_request.card member.card organisation.commune project.code register_word.list_name
    headcount.profession register_word.code material.slug material.language mandate.sex visit.sex
    material_file.sha256 material_file.mime material_file.name course.domain course.theme
    training_session.code training_session.language training_session.trainer_sex
    training_session.theme follow_up.theme post.commune_pcode post.picture post_picture.sha256
    till_line.service post.revision_hash post.slug post.language post.collective_name post.ngo_name
    certificate.sex certificate.course
    certificate.domain certificate.place certificate.trainer_name certificate.trainer_sex
    certificate.signer certificate_seal.course certificate_seal.initials certificate_seal.proof
    """.split()
)
"""Texts nobody types against somebody else: codes, names of files, words a machine copies from other rows."""
EVERYBODYS = {"certificate_seal", "material", "material_file"}
"""Tables of which every space has every row."""
LOGS = {"post_revision", "post_event"}
"""Tables whose rows are added and never corrected."""


@dataclass
class Three:
    """Nioro's desk and its laptop, Kayes, and the centre they meet at; `first` is a row of each table."""

    centre: Machine
    desk: Post
    laptop: Post
    kayes: Post
    first: filling.Known

    @property
    def nioro(self) -> tuple[Post, Post]:
        return self.desk, self.laptop

    def meet(self) -> None:
        """Everybody exchanges until all know the same."""
        for post in (self.desk, self.laptop, self.kayes, self.desk):
            post.exchange()


@pytest.fixture
def three(any_centre: Machine, machine: Callable[..., Machine]) -> Three:
    """What both machines of Nioro know when they part."""
    desk, laptop = (link_up(machine(), any_centre) for _ in range(2))
    kayes = link_up(machine(space="KAY"), any_centre, "KAY")
    first = filled(desk, NIORO, "premier")
    filled(kayes, KAYES, "Kayes")
    with any_centre.writing("coordinator"):
        for model in filling.models():
            if not owner(model, first):
                filling.make(model, dict(first), "tous")
    made = Three(any_centre, desk, laptop, kayes, first)
    made.meet()
    return made


def owner(model: type[Synced], known: filling.Known) -> uuid.UUID | None:
    return model.owner(uuid.UUID(int=0), filling.values_of(model, known, ""))


def filled(post: Post, space: uuid.UUID, word: str, known: filling.Known | None = None) -> filling.Known:
    """A row of each table whose id is drawn; each names those made before it."""
    made = dict(known or {"space": space, "staff": post.kiosk.people["trainer"].uid})
    with post.kiosk.writing("manager"):
        for model in filling.models(natural=False):
            if owner(model, made):
                filling.make(model, made, word)
    return made


def part(three: Three) -> set[Field]:
    """Each machine of Nioro fills every table and corrects every text of the same rows; return which."""
    corrected: set[Field] = set()
    for post, word in zip(three.nioro, ("bureau", "portable"), strict=True):
        with post.kiosk.writing("manager"):
            known = dict(three.first)
            made = [filling.make(model, known, word) for model in filling.models(natural=True)]
            corrected = {
                (row.__tablename__, row.uid, name) for row in made for name in filling.texts(type(row))
            }
            for model in filling.models(natural=False):
                corrected |= set(correct(model, three, word))
        filled(post, NIORO, f"{word} seul")
    return corrected


def correct(model: type[Synced], three: Three, word: str) -> Iterator[Field]:
    """Write every text of the first row of a table anew, where a space may."""
    row = session().get(model, three.first[model.__tablename__]) if owner(model, three.first) else None
    before = vars(row).copy() if row else {}
    for name in filling.texts(model) if row else ():
        if not model.reserved(before, {**before, name: word}):
            setattr(row, name, filling.said(model.__table__.c[name], word))
            yield model.__tablename__, row.uid, name  # type: ignore[union-attr]


def test_every_table_written_apart_meets_keeps_both_words_and_forgets(three: Three) -> None:
    corrected = part(three)
    three.meet()
    with three.centre.open() as current:
        assert not current.execute(text("select raw, reason from inbox where state <> 'applied'")).all()
    same = rows(three.centre, "all", scope(NIORO))
    for post in three.nioro:
        assert rows(post.kiosk, "all", scope(NIORO), "centre") == same
    there = rows(three.kayes.kiosk, "all", scope(KAYES), scope(NIORO), "centre")
    assert there == rows(three.centre, "all", scope(KAYES))
    assert {tab for (tab, _), row in there.items() if row.get("space_uid") == NIORO} == EVERYBODYS
    meant = {tab for tab, _ in same} | filling.BY_ITSELF
    assert meant == synced_models().keys()
    assert_once(same)
    assert_kept(three, corrected)
    assert_told(three, corrected)
    assert_counted(three)
    assert_forgotten(three)


def assert_once(same: Rows) -> None:
    """What both machines named by its key is one row."""
    for model in filling.models(natural=True):
        mine = [row for (tab, _), row in same.items() if tab == model.__tablename__]
        assert len(mine) == 1, model


def assert_kept(three: Three, corrected: set[Field]) -> None:
    """Whichever word stands, the other is kept at the centre."""
    with three.centre.open() as current:
        found = current.connection().execute(select(conflict)).all()
    lost = {(row.tab, row.row_uid, row.field): row.losing for row in found}
    standing = rows(three.centre, scope(NIORO), "all")
    assert corrected <= lost.keys()
    for tab, uid, name in corrected:
        assert {standing[tab, uid][name], json.loads(lost[tab, uid, name])} == both_of(tab, name)


def both_of(tab: str, name: str) -> frozenset[str]:
    column = synced_models()[tab].__table__.c[name]
    return frozenset(filling.said(column, word) for word in ("bureau", "portable"))


def assert_told(three: Three, corrected: set[Field]) -> None:
    """The word that gave way is shown where the space weighs both, unless nobody types it."""
    typed = {(tab, name) for tab, _, name in corrected if tab not in LOGS and f"{tab}.{name}" not in SETTLED}
    for post in three.nioro:
        with post.kiosk.open("manager"):
            cases = differences.cases()
        shown = {(one.tab, one.label, frozenset((one.standing.words, one.losing.words))) for one in cases}
        silent = [one for one in typed if (one[0], telling.label(*one), both_of(*one)) not in shown]
        assert not silent


def assert_counted(three: Three) -> None:
    """A report says the same wherever it is asked for."""
    said = []
    for one in (three.centre, *(post.kiosk for post in three.nioro)):
        with one.open():
            said.append(export.as_csv(queries.report(queries.Asked(YEAR, NIORO))))
    assert said[0] == said[1] == said[2]


def totals(machine: Machine) -> object:
    with machine.open():
        told = queries.report(queries.Asked(YEAR, NIORO))
        return told.total, told.apart, told.sharing


APART = {"card_request", "mandate", "member_group", "partner_meeting"}
"""Tables whose texts name people of whom no row here tells who they are: erased one by one, as asked."""
UNASKED = {"staff"}
"""Whose own page offers no erasure: what she signed stays signed."""
FIGURES = set(
    """
    booking.starts visit.sex follow_up.theme member.card member.commune_pcode certificate.number
    certificate.sex certificate.course certificate.domain certificate.place certificate.trainer_name
    certificate.trainer_sex certificate.signer
    """.split()
)
"""Texts of rows about somebody that tell nothing of her: what figures are made of, the trainer on a paper."""


def assert_forgotten(three: Three) -> None:
    """Whoever asks to be forgotten is in no table of any machine, and another space keeps its own."""
    said = erased_words(three)
    assert len(said) > 100
    before = totals(three.centre)
    with three.desk.kiosk.writing("manager"):
        for tab in ("member", *APART):
            erasures.ask(tab, three.first[tab])
    three.meet()
    for one in (three.centre, *(post.kiosk for post in three.nioro)):
        kept = everything(one)
        assert not {word for word in said if word in kept}
        assert totals(one) == before, "whoever is forgotten stays counted"
    assert any(
        "Kayes member given_name" in str(row) for row in rows(three.kayes.kiosk, scope(KAYES)).values()
    )


def erased_words(three: Three) -> set[str]:
    """Every text of Nioro that an erasure has to reach, those that gave way too."""
    models, there = synced_models().values(), everything(three.centre)
    asked = [model for model in models if model.__tablename__ not in UNASKED]
    columns = [model.__table__.c[name] for model in asked for name in model.__erases__]
    said = {filling.said(column, word) for column in columns for word in ("premier", "bureau", "portable")}
    return {word for word in said if word in there}


def test_every_text_about_a_person_is_erased_or_counted() -> None:
    keys = {one: {key.column.table.name for key in one.__table__.foreign_keys} for one in filling.models()}  # type: ignore[attr-defined]
    about = {Member, *(one for one, named in keys.items() if "member" in named)}
    told = {f"{one.__tablename__}.{name}" for one in about for name in {*filling.texts(one)} - one.__erases__}
    assert told == FIGURES

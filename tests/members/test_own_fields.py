"""Fields of one's own: made as data, answered on the form, kept a row each, put aside and never lost."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.members import amending, held, queries, services
from kiosk.members.facts import lines
from kiosk.members.fields import defining, lists, own
from kiosk.members.fields.defining import Definition
from kiosk.members.fields.models import FieldKind
from kiosk.members.fields.own import Question
from kiosk.members.models import Member, OwnAnswer, OwnField
from kiosk.places import queries as places
from kiosk.storage import Refusal, clock, derived_uid, session, transaction
from tests.support.machines import Machine

Register = Callable[..., Member]
Make = Callable[..., Question]


@pytest.fixture
def make(space: uuid.UUID) -> Make:
    """`make("Taille du foyer", "number", …)` asks one more thing."""

    def define(french: str, kind: str = "text", by: Any = space, **more: Any) -> Question:
        with transaction():
            made = defining.define(Definition(french, FieldKind(kind), **more), by)
        return own.one(made.uid)

    return define


def answer(member: Member, field: Question, value: str) -> None:
    with transaction():
        own.write(queries.one(member.uid), {field.key: value})


def said(member: Member) -> dict[str, str]:
    return {str(what): answer for what, answer in lines(member)}


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("text", "  deux   mots ", "deux mots"),
        ("number", "1 200", "1200"),
        ("number", "-3", "-3"),
        ("yes_no", "1", "oui"),
        ("yes_no", "0", "non"),
        ("day", "19/11/2026", "19 novembre 2026"),
        ("choice", "Moto", "Moto"),
    ],
)
def test_each_kind_of_answer_is_kept_and_shown(
    make: Make, awa: Member, kind: str, typed: str, shown: str
) -> None:
    field = make("Essai", kind, options=("Moto", "À pied"))
    answer(awa, field, typed)
    assert said(awa)["Essai"] == shown
    answer(awa, field, "")
    assert "Essai" not in said(awa)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "douze"),
        ("number", "9" * 40),
        ("day", "31/02/2026"),
        ("day", "demain"),
        ("yes_no", "peut-être"),
        ("text", "x" * 121),
    ],
)
def test_an_answer_of_another_kind_is_refused_on_its_field(
    make: Make, awa: Member, kind: str, typed: str
) -> None:
    field = make("Essai", kind)
    with pytest.raises(Refusal) as refused:
        answer(awa, field, typed)
    assert refused.value.field == field.key


def test_two_people_who_answer_two_fields_of_one_card_both_keep_their_words(make: Make, awa: Member) -> None:
    first, second = make("Foyer"), make("Moyen")
    with transaction():
        amending.amend(awa.uid, {"given_name": "Awa", first.key: "six"}, None)
        amending.amend(awa.uid, {"given_name": "Awa", second.key: "moto"}, None)
    assert (said(awa)["Foyer"], said(awa)["Moyen"]) == ("six", "moto")
    rows = {derived_uid("own", one.uid, awa.uid) for one in (first, second)}
    assert {session().get_one(OwnAnswer, uid).uid for uid in rows} == rows


def test_a_field_put_aside_is_asked_no_more_and_its_answers_stay(make: Make, awa: Member) -> None:
    field = make("Foyer")
    answer(awa, field, "six")
    with transaction():
        defining.put_aside(field.uid, field.space_uid)
    assert field.uid not in {one.uid for one in own.asked()}
    assert said(awa)["Foyer"] == "six"


def test_a_used_option_put_aside_stays_on_cards_and_is_offered_no_more(
    make: Make, awa: Member, space: uuid.UUID
) -> None:
    field = make("Moyen", "choice", options=("Moto", "À pied", "moto", ""))
    assert [word for _, word in field.options] == ["Moto", "À pied"]
    answer(awa, field, "moto")
    with transaction():
        lists.put_aside(field.uid.hex, "moto", space)
    assert [word for _, word in own.one(field.uid).options] == ["À pied"]
    assert said(awa)["Moyen"] == "Moto"


def test_a_field_once_answered_keeps_its_kind(make: Make, awa: Member) -> None:
    field = make("Foyer", "number")
    answer(awa, field, "6")
    with transaction(), pytest.raises(Refusal, match="déjà répondu"):
        defining.change(field.uid, Definition("Foyer", FieldKind.TEXT), field.space_uid)
    with transaction():
        defining.change(field.uid, Definition("Taille du foyer", FieldKind.NUMBER), field.space_uid)
    assert said(awa)["Taille du foyer"] == "6"


def test_a_field_of_the_centre_is_not_changed_by_a_space(make: Make, space: uuid.UUID) -> None:
    field = make("Foyer", by=None)
    with transaction(), pytest.raises(Refusal, match="tenue ailleurs"):
        defining.put_aside(field.uid, space)
    found = session().get_one(OwnField, field.uid)
    assert (OwnField.owner(found.uid, {"space_uid": None}), OwnField.scope(found.uid, {})) == (None, "all")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"french": " "}, "manque"),
        ({"french": "x" * 81}, "Trop long"),
        ({"french": "foyer"}, "déjà posée"),
        ({"french": "Moyen", "kind": FieldKind.CHOICE}, "Écrivez les choix"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(make: Make, wrong: dict[str, Any], sentence: str) -> None:
    field = make("Foyer")
    with transaction(), pytest.raises(Refusal, match=sentence):
        defining.define(Definition(**{"kind": FieldKind.TEXT, **wrong}), field.space_uid)


def test_answers_do_not_keep_a_registration_from_being_taken_back(make: Make, awa: Member) -> None:
    answer(awa, make("Foyer"), "six")
    with transaction():
        assert services.take_out(awa.uid).deleted_at


def test_her_own_data_hold_her_answers(make: Make, awa: Member) -> None:
    answer(awa, make("Foyer"), "six")
    assert ("Foyer", "six") in [line for part in held.parts(awa) for line in part.lines]


def test_an_erasure_empties_her_answers() -> None:
    assert "value" in OwnAnswer.__erases__
    assert any(key.column.table.name == "member" for key in OwnAnswer.__table__.c.member_uid.foreign_keys)


def ask(kiosk: Machine, **said: Any) -> Any:
    return kiosk.as_("manager").send("/membres/questions/nouvelle", **{"kind": "text", **said})


def test_a_manager_asks_one_more_thing_and_the_form_asks_it(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    assert ask(kiosk, french="Taille du foyer", kind="number", required="y").status_code == 303
    with kiosk.open():
        [field] = own.asked()
    awa = {
        "given_name": "Awa",
        "family_name": "Coulibaly",
        "sex": "F",
        "registered_on": clock.today().isoformat(),
    }
    missing = kadidia.send("/membres/nouveau", **awa)
    assert missing.status_code == 422 and "Répondez à cette question." in missing.get_data(as_text=True)
    page = kadidia.send("/membres/nouveau", **awa, **{field.key: "7"}).location
    assert "Taille du foyer" in kadidia.get(page).get_data(as_text=True)
    edit = kadidia.get(f"{page}/modifier").get_data(as_text=True)
    assert f'name="{field.key}"' in edit and 'value="7"' in edit
    kadidia.send(f"{page}/modifier", **awa, **{field.key: "8"})
    with kiosk.open():
        assert own.answers_of([queries.find("awa")[0].uid]) == {queries.find("awa")[0].uid: {field.key: "8"}}


def test_the_questions_are_put_aside_and_taken_up_again_by_hand(kiosk: Machine) -> None:
    kadidia = kiosk.as_("manager")
    ask(kiosk, french="Moyen de transport", kind="choice", options="Moto\nÀ pied")
    with kiosk.open():
        [field] = own.asked()
    page = f"/membres/questions/{field.uid}"
    kadidia.send(f"{page}/ecarter", form_at=page)
    assert "Questions écartées" in kadidia.get("/membres/questions").get_data(as_text=True)
    kadidia.send(f"{page}/reprendre", form_at=page)
    words = f"/membres/questions/listes/{field.uid.hex}"
    kadidia.send(words, french="Vélo")
    kadidia.send(f"{words}/ecarter", form_at=words, code="moto")
    changed = kadidia.send(f"{words}/mot?code=velo", french="Bicyclette")
    assert changed.status_code == 303
    with kiosk.open():
        assert [word for _, word in own.one(field.uid).options] == ["À pied", "Bicyclette"]
        assert places.here_uid() == field.space_uid


def test_who_does_not_manage_the_space_asks_nothing(kiosk: Machine) -> None:
    for page in ("/membres/questions", "/membres/questions/nouvelle", "/membres/questions/listes/occupation"):
        assert kiosk.as_("trainer").get(page).status_code == 403
        assert kiosk.as_("manager").get(page).status_code == 200
    assert kiosk.as_("manager").get("/membres/questions/listes/rien").status_code == 404

"""Importing the register a manager really keeps: once, twice, and whatever it holds."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from kiosk.members import queries, services
from kiosk.members.importer import writing
from kiosk.members.importer.plan import Outcome, Plan, Step
from kiosk.members.models import Member
from kiosk.members.vocabulary import Purpose, Sex
from kiosk.storage import Refusal, session, transaction
from kiosk.storage.log import sync_log

Bring = Callable[..., Plan]
Register = Callable[..., Member]
NEW, FILLED, SAME, SKIPPED, WRONG = Outcome


def found(words: str) -> Member:
    """The only member these words find."""
    (member,) = queries.find(words)
    return member


def step(planned: Plan, line: int) -> Step:
    """The step of a line of a file with one sheet."""
    return next(one for one in planned.steps if one.line.place == f"ligne {line}")


def changes() -> int:
    """How many changes wait in the log."""
    return session().scalar(select(func.count()).select_from(sync_log)) or 0


def test_the_manager_s_register_is_read_line_by_line(bring: Bring) -> None:
    planned = bring("registre-nioro.xlsx")
    assert planned.counts == {NEW: 21, FILLED: 1, SKIPPED: 4, WRONG: 2}
    assert planned.file_day == datetime.date(2025, 10, 30)
    reasons = {n: str(step(planned, n).reason) for n in (17, 19, 24, 26, 27, 28, 32)}
    assert reasons == {
        17: "Déjà lue plus haut (ligne 5).",
        19: "Ligne vide",
        24: "Ligne de titres répétée",
        26: "L’année de naissance 2091 n’est pas possible.",
        27: "Le nom manque.",
        28: "Complète une personne lue plus haut (ligne 6).",
        32: "Ligne de total",
    }
    assert queries.count() == 21


def test_what_it_says_is_kept(bring: Bring) -> None:
    bring("registre-nioro.xlsx")
    moussa = found("moussa diarra")
    assert (moussa.given_name, moussa.family_name, moussa.sex) == ("Moussa", "Diarra", Sex.MAN)
    assert (moussa.birth_year, moussa.phone) == (1998, "+22366789012")
    assert (moussa.commune_pcode, moussa.village) == ("ML010610", "Diamouténé")
    assert (moussa.occupation, moussa.schooling) == ("trader", "primary2")
    assert (moussa.registered_on, moussa.notes) == (datetime.date(2025, 3, 4), "Parle soninké")
    assert found("boubou sacko").village == "Nioro-Centre"
    assert found("sekou tounkara").notes == "Permis B\nAutre téléphone\u00a0: 90\u00a044\u00a012\u00a030"
    assert (found("oumou sidibe").birth_year, found("oumou sidibe").birth_year_about) == (2001, True)
    assert found("nyogondeme").phone == "+22373440918"


def test_two_people_of_one_name_and_another_year_stay_two(bring: Bring) -> None:
    bring("registre-nioro.xlsx")
    assert sorted(member.birth_year or 0 for member in queries.find("fatoumata traore")) == [1985, 2001]


def test_a_shared_phone_makes_nobody_one(bring: Bring) -> None:
    bring("registre-nioro.xlsx")
    assert len(queries.find("76801522")) == 2


@pytest.mark.parametrize("name", ["registre-nioro.xlsx", "ideascube-users.csv", "ideascube-anonyme.csv"])
def test_the_same_file_twice_adds_nobody_and_writes_nothing(bring: Bring, name: str) -> None:
    bring(name)
    people, written = queries.count(), changes()
    again = bring(name)
    assert again.counts[NEW] == again.counts[FILLED] == 0
    assert (queries.count(), changes()) == (people, written)


def test_even_after_the_manager_corrected_what_it_brought(bring: Bring) -> None:
    bring("registre-nioro.xlsx")
    with transaction():
        services.amend(
            found("hawa diawara").uid,
            given_name="Awa",
            family_name="Jawara",
            birth_year=1990,
            phone=None,
            village=None,
        )
    again = bring("registre-nioro.xlsx")
    assert again.counts[NEW] == 0 and queries.count() == 21
    assert (found("jawara").birth_year, found("jawara").given_name) == (1990, "Awa")


def test_a_dry_run_writes_nothing_at_all(bring: Bring) -> None:
    before = changes()
    assert bring("registre-nioro.xlsx", write=False).counts[NEW] == 21
    assert (queries.count(), changes()) == (0, before)


def test_ideascube_s_members_come_with_its_own_names_and_codes(bring: Bring) -> None:
    planned = bring("ideascube-users.csv")
    assert planned.counts == {NEW: 6}
    djibril, rokia, vieux = found("djibril"), found("rokia"), found("sangare")
    assert (djibril.name, djibril.sex, djibril.former_card) == ("Djibril Tambadou", Sex.MAN, "KBNIO002")
    assert (djibril.phone, djibril.occupation, djibril.schooling) == ("+22366001122", "trader", "vocational")
    assert (rokia.schooling, rokia.languages, rokia.how_heard) == ("higher", ["en", "fr"], "association")
    assert (vieux.village, vieux.birth_year, vieux.occupation) == ("Diakha", None, "none")
    assert found("salif").sex is Sex.UNSAID
    assert found("kbnio003") == rokia
    assert "id_card_number" in planned.other_titles


def test_who_is_in_both_files_is_one_person_completed(bring: Bring) -> None:
    bring("registre-nioro.xlsx")
    planned = bring("ideascube-users.csv")
    assert planned.counts == {NEW: 4, FILLED: 2}
    awa = found("awa coulibaly")
    assert (awa.former_card, awa.languages, awa.occupation) == ("KBNIO001", ["fr"], "pupil")
    assert {one.field for one in step(planned, 2).differs} == {"occupation", "registered_on"}


def test_an_export_of_ideascube_without_names_completes_or_waits_for_a_name(bring: Bring) -> None:
    bring("ideascube-users.csv")
    assert bring("ideascube-anonyme.csv").counts == {SAME: 1, NEW: 1}
    nameless = found("KBNIO040")
    assert (nameless.name, nameless.schooling) == ("Membre KBNIO040", "primary1")
    bring("serial,full_name,gender\nKBNIO040,Seydou Sy,male\n")
    assert (nameless.given_name, nameless.family_name) == ("Seydou", "Sy")


def test_nothing_is_blanked_or_overwritten(bring: Bring, register: Register) -> None:
    awa = register(given_name="Awa", family_name="Ba", birth_year=2004, village="Diakha", phone="76123456")
    titles = "Nom;Prénom;Sexe;Année de naissance;Village;Téléphone;Profession\n"
    planned = bring(titles + "Ba;Awa;;2004;;66000000;Élève\n")
    assert planned.counts == {FILLED: 1}
    assert (awa.sex, awa.village, awa.phone, awa.occupation) == ("F", "Diakha", "+22376123456", "pupil")
    assert [(one.field, one.said) for one in step(planned, 2).differs] == [("phone", "+22366000000")]


def test_a_guessed_year_with_another_phone_is_somebody_to_look_at(bring: Bring, awa: Member) -> None:
    planned = bring("Nom;Prénom;Né en;Téléphone\nCoulibaly;Awa;2004;66000000\n")
    assert planned.counts == {NEW: 1}
    assert list(map(str, step(planned, 2).line.remarks)) == [f"Ressemble à Awa Coulibaly ({awa.card})."]


def test_our_own_number_names_the_person_whatever_the_rest(bring: Bring, awa: Member) -> None:
    bring(f"Carte;Nom;Prénom;Année de naissance;Organisation\n{awa.card};Coulibaly;Hawa;1970;CAFO\n")
    assert (queries.count(), awa.organisation, awa.birth_year) == (1, "CAFO", 2004)


def test_a_number_with_a_stranger_s_name_is_to_correct(bring: Bring, awa: Member) -> None:
    planned = bring(f"Carte;Nom;Prénom\n{awa.card};Sow;Ibrahima\n")
    assert str(step(planned, 2).reason) == f"Le numéro {awa.card} est celui de Awa Coulibaly."
    assert queries.count() == 1


def test_a_name_alone_is_the_only_person_of_that_name(bring: Bring, awa: Member) -> None:
    assert bring("Nom;Prénom;Sexe\nCoulibaly;Awa;F\n").counts == {SAME: 1}


def test_a_name_alone_among_namesakes_is_to_correct(bring: Bring, awa: Member, register: Register) -> None:
    register(given_name="Awa", family_name="Coulibaly", birth_year=1970)
    planned = bring("Nom;Prénom;Sexe\nCoulibaly;Awa;F\n")
    assert str(step(planned, 2).reason) == "2 personnes portent ce nom. Ajoutez l’année ou le téléphone."
    assert queries.count() == 2


def test_within_a_file_one_difference_makes_two_people(bring: Bring) -> None:
    titles = "Nom;Prénom;Sexe;Année de naissance;Village;Téléphone\n"
    planned = bring(titles + "Traoré;Oumou;F;2001;Nioro;76000001\nTraoré;Oumou;F;2001;Nioro;76000002\n")
    assert planned.counts == {NEW: 2}
    assert "Ressemble à Oumou Traoré (ligne 2)." in map(str, step(planned, 3).line.remarks)
    assert bring(
        titles + "Traoré;Oumou;F;2001;Nioro;76000001\nTraoré;Oumou;F;2001;Nioro;76000002\n"
    ).counts == {SAME: 2}


@pytest.mark.parametrize("said", ["M;2004", "F;1990"])
def test_another_sex_or_year_is_another_person(bring: Bring, awa: Member, said: str) -> None:
    assert bring(f"Nom;Prénom;Sexe;Né en\nCoulibaly;Awa;{said}\n").counts == {NEW: 1}


def test_ages_are_counted_from_the_day_of_the_register(bring: Bring) -> None:
    content = "Nom;Prénom;Sexe;Âge\nBa;Issa;M;20\n"
    assert bring(content, write=False, day=datetime.date(2020, 5, 1)).people[0].values["birth_year"] == 2000
    titled = "Registre arrêté au 31/12/2019;;;\n" + content
    assert bring(titled, write=False).people[0].values["birth_year"] == 1999
    assert bring("Année 2018;;;\n" + content, write=False).people[0].values["birth_year"] == 1998


def test_agreements_of_a_file_are_kept_with_their_day(bring: Bring) -> None:
    bring(
        "Nom;Prénom;Accord registre;Accord photo\nBa;Issa;oui 2024-05-02;non\n", day=datetime.date(2025, 1, 2)
    )
    said = queries.consents_of(found("issa").uid)
    assert (said[Purpose.REGISTER].granted, said[Purpose.REGISTER].on_date) == (
        True,
        datetime.date(2024, 5, 2),
    )
    assert (said[Purpose.PHOTO].granted, said[Purpose.PHOTO].on_date) == (False, datetime.date(2025, 1, 2))


def test_hostile_cells_are_only_words(bring: Bring) -> None:
    bring(f"Nom;Prénom;Village\n<script>alert()</script>;Awa;{'x' * 5000}\n\u202eBa;Issa;=1+1\n")
    assert len(found("script").village or "") == 120
    assert found("issa").family_name == "Ba"


def test_a_clock_before_the_house_was_built_asks_for_the_day(
    bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.storage.clock.today", lambda: datetime.date(1970, 1, 1))
    with pytest.raises(Refusal) as refused:
        bring("Nom;Sexe\nBa;M\n")
    assert refused.value.field == "day"
    assert bring("Nom;Sexe\nBa;M\n", day=datetime.date(2026, 1, 5)).counts == {NEW: 1}


def test_a_power_cut_leaves_all_or_nothing(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_remember", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring("registre-nioro.xlsx")
    assert queries.count() == 0

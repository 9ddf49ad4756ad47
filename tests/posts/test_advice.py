"""The checklist beside the text, and what cannot be done without."""

from collections.abc import Callable

from kiosk.posts.advice import checks, missing
from kiosk.posts.models import Kind
from kiosk.posts.text import Text


def told(text: Text, quotes_agreed: bool = False, kind: str = Kind.ARTICLE) -> dict[str, bool]:
    return {str(check.name).rstrip("?\u202f "): check.good for check in checks(text, kind, quotes_agreed)}


def test_a_whole_article_answers_every_question_but_its_length(market: Callable[..., Text]) -> None:
    assert [name for name, good in told(market()).items() if not good] == ["Longueur"]
    long = market(body="Hawa Diawara vend du riz. " + "Elle compte pour gagner du temps. " * 20)
    assert all(told(long).values())


def test_an_empty_text_is_asked_everything() -> None:
    assert told(Text()) == dict.fromkeys(
        ["Titre", "Quoi", "Qui", "Où", "Quand", "Pourquoi", "Longueur"], False
    )


def test_a_title_of_more_than_seventy_signs_is_told(market: Callable[..., Text]) -> None:
    assert not told(market(title="a" * 71))["Titre"]
    assert told(market(title="a" * 70))["Titre"]


def test_the_place_is_not_taken_for_a_person(market: Callable[..., Text]) -> None:
    text = market(standfirst="", body="Tout se passe à Yélimané Centre.", place="Yélimané Centre")
    assert not told(text)["Qui"]
    assert told(market(standfirst="", body="", ngo_name="AFAD"))["Qui"]


def test_a_quotation_asks_for_the_person_s_agreement(market: Callable[..., Text]) -> None:
    text = market(body="« Je perdais des pages », dit-elle.")
    assert told(text)["Qui parle"] is False
    assert told(text, quotes_agreed=True)["Qui parle"] is True
    assert "Qui parle" not in told(market())


def test_the_answers_stand_beside_the_questions(market: Callable[..., Text]) -> None:
    notes = {str(check.name): str(check.note) for check in checks(market(ngo_name="AFAD"))}
    assert "39 signes sur 70" in notes["Titre"]
    assert "AFAD et Hawa Diawara" in notes.values()
    assert "19 novembre 2026" in notes.values()
    assert "pour nourrir sa famille" in notes.values()


def test_a_bambara_text_is_not_asked_for_french_reasons(market: Callable[..., Text]) -> None:
    assert told(market(language="bm", standfirst="", body="Kibaru kura"))["Pourquoi"]


def test_a_notice_is_asked_four_questions_only(market: Callable[..., Text]) -> None:
    assert list(told(market(), kind=Kind.NOTICE)) == ["Titre", "Où", "Quand", "Longueur"]


def test_place_and_date_are_asked_of_an_article_not_of_a_notice(market: Callable[..., Text]) -> None:
    text = market(place="", event_date=None)
    assert [field for field, _ in missing(text)] == ["place", "event_date"]
    assert missing(text, Kind.NOTICE) == []
    assert [field for field, _ in missing(Text())] == ["title", "body", "place", "event_date"]


def test_a_date_is_never_the_clock_s_word() -> None:
    assert Text().event_date is None
    assert Text().values()["event_date"] is None

"""What strangers are answered at the door, and who passes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from kiosk.library import shipped
from kiosk.members import services as members
from kiosk.places import queries as places
from tests.support.machines import Machine

PAGES = ("/", "/programme", "/mediatheque", "/actualites", "/actualites/flux.atom")
Counting = Callable[[], object]


@pytest.fixture
def made(kiosk: Machine, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Count the answers that the application itself makes."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        asked: list[str] = []
        real = kiosk.app.full_dispatch_request

        def noted() -> object:
            asked.append("asked")
            return real()

        with monkeypatch.context() as patch:
            patch.setattr(kiosk.app, "full_dispatch_request", noted)
            yield asked

    return counting


def stranger(kiosk: Machine) -> FlaskClient:
    """A phone whose pages no test reads: they come packed."""
    return FlaskClient(kiosk.app, kiosk.app.response_class)


def change(kiosk: Machine) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        members.register(space, given_name="Awa", sex="F", commune_pcode="ML010610", village="Diakha")


@pytest.mark.parametrize("path", PAGES)
def test_the_second_stranger_gets_the_very_same_answer(kiosk: Machine, made: Counting, path: str) -> None:
    packed = {"Accept-Encoding": "gzip"}
    with made() as asked:  # type: ignore[attr-defined]
        first, second = (stranger(kiosk).get(path, headers=packed) for _ in range(2))
        assert len(asked) == 1
        plain = kiosk.client().get(path)
        assert len(asked) == 2, "unpacked is another answer"
    assert (first.data, dict(first.headers)) == (second.data, dict(second.headers))
    assert second.headers["Content-Security-Policy"]
    assert "Content-Encoding" not in plain.headers


def test_a_change_is_seen_at_once(kiosk: Machine, made: Counting) -> None:
    kiosk.client().get("/programme")
    change(kiosk)
    with made() as asked:  # type: ignore[attr-defined]
        kiosk.client().get("/programme")
        kiosk.client().get("/programme")
        assert len(asked) == 1


def test_whoever_is_signed_in_asks_a_condition_or_sends_something_passes(
    kiosk: Machine, made: Counting
) -> None:
    tag = kiosk.client().get("/programme").headers["ETag"]
    with made() as asked:  # type: ignore[attr-defined]
        kiosk.as_("manager").get("/programme")
        assert kiosk.client().get("/programme", headers={"If-None-Match": tag}).status_code == 304
        assert kiosk.client().head("/programme").status_code == 200
        assert kiosk.client().post("/programme").status_code in (400, 405)
        assert len(asked) == 4


def test_languages_do_not_mix(kiosk: Machine) -> None:
    french = kiosk.client().get("/mediatheque", headers={"Accept-Language": "fr"}).text
    bambara = kiosk.client().get("/mediatheque", headers={"Accept-Language": "bm"}).text
    chosen = kiosk.client()
    chosen.set_cookie("langue", "bm")
    assert '<html lang="fr"' in french
    assert '<html lang="bm"' in bambara
    assert '<html lang="bm"' in chosen.get("/mediatheque", headers={"Accept-Language": "fr"}).text
    assert kiosk.client().get("/mediatheque", headers={"Accept-Language": "fr"}).text == french


def test_an_unknown_host_is_still_refused(kiosk: Machine) -> None:
    kiosk.client().get("/programme")
    assert kiosk.client().get("/programme", headers={"Host": "voleur.example"}).status_code == 421


def test_each_opening_of_a_material_is_counted(kiosk: Machine) -> None:
    with kiosk.writing():
        shipped.load(kiosk.settings)
    page = kiosk.client().get("/mediatheque").text
    slug = page.split('href="/mediatheque/')[1].split('"')[0]
    reads = kiosk.app.extensions["reads"]
    noted: list[str] = []
    real = reads.note
    reads.note = lambda name, day: noted.append(name) or real(name, day)  # type: ignore[func-returns-value]
    for _ in range(3):
        kiosk.client().get(f"/mediatheque/{slug}")
    assert noted == [slug] * 3


def test_the_door_does_not_grow_for_ever(kiosk: Machine) -> None:
    door = kiosk.app.wsgi_app
    for number in range(320):
        kiosk.client().get(f"/aide?n={number}")
    assert 0 < len(door._kept) <= 300  # type: ignore[attr-defined]

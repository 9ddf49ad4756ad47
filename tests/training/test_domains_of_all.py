"""The centre's word about domains goes to every kiosk; what a space says of one goes before it."""

from kiosk.places import queries as places
from kiosk.training import queries, services
from kiosk.training.catalogue import themes
from tests.support.machines import Machine
from tests.support.pages import Client
from tests.sync.conftest import link_up

LIST = "/membres/questions/listes/domain"
PAGE = "/formations/domaines"


def shown(client: Client, path: str = PAGE) -> str:
    return client.get(path).get_data(as_text=True)


def test_the_centre_adds_names_and_puts_aside_domains_for_every_space_and_a_space_s_word_goes_before(
    kiosk: Machine, centre: Machine
) -> None:
    post, salimata, kadidia = link_up(kiosk, centre), centre.as_("coordinator"), kiosk.as_("manager")
    assert "Domaines des formations" in shown(salimata, "/membres/questions")
    assert "Domaines des formations" not in shown(kadidia, "/membres/questions")
    assert kadidia.get(LIST).status_code == 404
    assert salimata.send(LIST, french="Économie verte").status_code == 303
    salimata.send(f"{LIST}/mot?code=health", french="Santé communautaire")
    salimata.send(f"{LIST}/ecarter", code="gender", form_at=LIST)
    post.exchange()
    page = shown(kadidia)
    assert "Économie verte" in page and "Santé communautaire" in page
    assert 'value="economie-verte"' in shown(kadidia, "/formations/cours/nouveau")
    with kiosk.open():
        space = places.here_uid()
        assert space
        assert {one.key for one in queries.themes(space, put_away=True) if not one.active} == {"gender"}
        assert services.find_theme(space, "economie-verte").label == "Économie verte"
    kadidia.send(f"{PAGE}/health", label="Santé des femmes", label_bm="")
    kadidia.send(f"{PAGE}/gender/reprendre", form_at=f"{PAGE}/gender")
    with kiosk.open():
        said = {one.key: str(one.label) for one in queries.themes(space)}
    assert (said["health"], said["gender"]) == ("Santé des femmes", "Genre")
    with centre.open():
        keys = dict(themes.offered())
    assert keys["economie-verte"] == "Économie verte" and "gender" not in keys
    assert str(keys["health"]) == "Santé communautaire"


def test_a_domain_in_other_letters_does_not_become_the_one_nobody_said(centre: Machine) -> None:
    salimata = centre.as_("coordinator")
    assert salimata.send(LIST, french="التسويق").status_code == 422
    for _ in range(2):
        assert salimata.send(LIST, french="Pêche").status_code == 303
        salimata.send(f"{LIST}/mot?code=peche", french="Pêche en rivière")
    with centre.open():
        said = dict(themes.offered())
    assert "" not in said, "every session without a domain would bear it"
    assert (said["peche"], said["peche-2"]) == ("Pêche en rivière", "Pêche")

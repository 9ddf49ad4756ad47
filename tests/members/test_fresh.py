"""The list of members is drawn in parts that are kept: none of them outlives what it says."""

from kiosk.members import services
from kiosk.members.vocabulary import Sex
from kiosk.places import queries as places
from tests.support.machines import Machine
from tests.support.pages import Client


def register(kiosk: Machine, name: str, elected_as: str | None = None) -> None:
    with kiosk.writing("manager"):
        space = places.here_uid()
        assert space
        services.register(space, given_name=name, family_name="C", sex=Sex.WOMAN, elected_as=elected_as)


def page(client: Client, query: str = "") -> str:
    return str(client.get(f"/membres{query}").get_data(as_text=True))


def test_what_stands_above_the_list_follows_each_commit_reader_search_and_filter(kiosk: Machine) -> None:
    kadidia, moussa = kiosk.as_("manager"), kiosk.as_("trainer")
    assert "Personne n’est encore inscrit" in page(kadidia) and "Lire une carte" not in page(kadidia)
    register(kiosk, "Awa")
    assert "1 personne<" in page(kadidia) and "Lire une carte" in page(kadidia)
    assert "Inscrire une personne" in page(kadidia), "kept for her who may"
    assert "Inscrire une personne" not in page(moussa), "and for nobody else"
    register(kiosk, "Binta", elected_as="commune")
    assert "2 personnes<" in page(kadidia) and "2 personnes<" in page(moussa)
    assert 'value="Bin"' in page(kadidia, "?q=Bin") and 'value="Bin"' not in page(kadidia)
    assert 'class="on" aria-current="true">Avec mandat' in page(kadidia, "?elus=1")
    assert 'class="on" aria-current="true">Tout le monde' in page(kadidia)

"""The list of addresses: none appears, goes or changes its guard unnoticed."""

import re

from tests.house.routes import LIST, lines

ACTS = re.compile(
    r"/(supprimer|annuler|approuver|refuser|valider|publier|envoyer|synchroniser|deconnexion|restaurer|"
    r"retablir|revoquer|marquer|fermer|rouvrir|archiver|effacer|desinscrire)(/|$)"
)


def test_the_list_is_up_to_date() -> None:
    written = LIST.read_text(encoding="utf-8").splitlines()
    assert written == lines(), "write it anew with: python -m tests.house.routes"


def test_no_act_is_done_by_opening_an_address() -> None:
    """A page may ask why before an act (GET and POST); an address that only reads never bears its name."""
    acting = [line for line in lines() if line.split()[0] == "GET" and ACTS.search(line.split()[1])]
    assert not acting, "\n".join(acting)


def test_only_known_addresses_write_without_a_right() -> None:
    """A stranger may sign in, set up an empty machine, choose a language, ask for a seat,
    offer her help, say what she thought of a session; a kiosk signs.

    Whoever carries a sealed copy hands it in.
    """
    open_to_all = {
        line.split()[-1] for line in lines() if "public" in line.split() and not re.match(r"GET ", line)
    }
    assert open_to_all <= {
        "accounts.pin",
        "accounts.password",
        "accounts.sign_in",
        "accounts.sign_out",
        "set_up.first_run",
        "members.help_us",
        "training.ask",
        "training.opinion",
        "training.call_off",
        "web.set_language",
        "machines.push_and_pull",
        "machines.enrol",
        "machines.declare",
        "machines.add",
        "machines.present",
        "machines.take_bundle",
        "central.carrier",
    }, open_to_all

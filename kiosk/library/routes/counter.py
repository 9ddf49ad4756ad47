"""The counter of the médiathèque: what public and staff pages share."""

from flask import Blueprint, current_app, request

from kiosk.library.shelves import Name
from kiosk.storage.files import Contents

LONGEST_SEARCH = 80
blueprint = Blueprint("library", __name__, template_folder="../templates", url_prefix="/mediatheque")


def store() -> Contents:
    """Return the files of this machine."""
    found: Contents = current_app.extensions["files"]
    return found


def domains() -> list[tuple[str, Name]]:
    """Return the domains that other rooms tell, (key, name); none where no room tells any."""
    told = current_app.extensions.get("domains", ())
    return [one for domains in told for one in domains()]


def searched() -> str:
    """Return the words looked for, bounded and without hidden signs."""
    return request.args.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()

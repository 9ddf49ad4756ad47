"""The counter of the médiathèque: what public and staff pages share."""

from flask import Response, current_app, request
from flask_login import current_user

from kiosk.library.routes.addresses import LIBRARY
from kiosk.library.shelves import Name
from kiosk.storage import clock
from kiosk.storage.files import Contents
from kiosk.web.lazy import LazyBlueprint

LONGEST_SEARCH = 80
blueprint = LazyBlueprint("library", "kiosk.library", LIBRARY, url_prefix="/mediatheque")


@blueprint.after_request
def count(response: Response) -> Response:
    """Count the opening of a material by a reader, wherever its page came from."""
    opened = request.endpoint == "library.material" and request.method == "GET"
    if opened and response.status_code in (200, 304) and not current_user.is_authenticated:
        current_app.extensions["reads"].note((request.view_args or {})["slug"], clock.today())
    return response


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

"""What was corrected on a sheet, for whoever answers for its figures."""

import uuid

from flask import render_template

from kiosk.language import msg
from kiosk.storage import NotFound
from kiosk.training import corrections as changed
from kiosk.training import queries, words
from kiosk.training.routes.door import blueprint, reads


@blueprint.get("/seances/<uuid:uid>/corrections")
@reads
def corrections(uid: uuid.UUID) -> str:
    """List the answers of a sheet that were changed: by whom, when, from what to what."""
    line = queries.sitting_line(uid)
    if line is None:
        raise NotFound(msg("Cette séance n’existe pas ici."))
    found = changed.of_sitting(line)
    return render_template("training/corrections.html", line=line, found=found, words=words)

"""The space's domains: named, added, put out of use and taken back."""

from flask import render_template, url_for
from werkzeug.wrappers import Response

from kiosk.language import msg
from kiosk.storage import transaction
from kiosk.training import queries, services
from kiosk.training.catalogue.themes import offered as offered  # what the other rooms speak of
from kiosk.training.routes.catalogue_forms import ThemeForm
from kiosk.training.routes.door import Answer, blueprint, filled, go, plans, reads, space_uid
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.notices import done

ACTS = {"retirer": False, "reprendre": True}


@blueprint.get("/formations/domaines")
@reads
def themes() -> str:
    """List the domains, those out of use under them."""
    found = queries.themes(space_uid(), put_away=True)
    return render_template("training/themes.html", themes=sorted(found, key=lambda one: not one.active))


@blueprint.route("/formations/domaines/nouveau", methods=["GET", "POST"])
@plans
def new_theme() -> Answer:
    """Add a domain."""
    form = ThemeForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.add_theme(space_uid(), form.label.data or "", form.label_bm.data or "")
        if outcome.ok:
            done(msg("Le domaine est ajouté."))
            return go("training.themes")
    return filled("theme", form, theme=None)


@blueprint.route("/formations/domaines/<key>", methods=["GET", "POST"])
@plans
def theme(key: str) -> Answer:
    """Rename a domain."""
    found = services.find_theme(space_uid(), key)
    form = ThemeForm(label=str(found.label), label_bm=found.label_bm)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            services.edit_theme(space_uid(), key, form.label.data or "", form.label_bm.data or "")
        if outcome.ok:
            done(msg("Le domaine est corrigé."))
            return go("training.themes")
    return filled("theme", form, theme=found)


@blueprint.post(f"/formations/domaines/<key>/<any({','.join(ACTS)}):act>")
@plans
def use_theme(key: str, act: str) -> Response:
    """Put a domain out of use, or take it back; what bears it keeps it."""
    with transaction():
        services.use_theme(space_uid(), key, ACTS[act])
    other = "reprendre" if act == "retirer" else "retirer"
    said = msg("Le domaine n’est plus proposé.") if act == "retirer" else msg("Le domaine est proposé.")
    done(said, undo=url_for("training.use_theme", key=key, act=other))
    return go("training.themes")

"""What any phone may open: the shelves, one material, its files."""

from collections.abc import Mapping
from functools import partial
from html import escape

from flask import Response, abort, render_template, request, url_for
from flask_login import current_user

from kiosk.language import Html, Message, msg, published, tr
from kiosk.library import queries, shelves, shown, text
from kiosk.library.models import Material, MaterialFile
from kiosk.library.routes.counter import blueprint, domains, searched, store
from kiosk.library.vocabulary import Part
from kiosk.places import queries as places
from kiosk.storage import NotFound
from kiosk.web import media
from kiosk.web.cache import do_not_keep, shared, shared_and_counted
from kiosk.web.i18n import chosen
from kiosk.web.paging import paginate
from kiosk.web.rights import Right


@blueprint.get("")
@shared
def index() -> str:
    """Show the shelves: what there is, the reader's language first."""
    others = shelves.named()
    wanted = _wanted(others)
    page = paginate(queries.shelf(chosen().code, wanted), scalars=False)
    items = [queries.Item(material, size) for material, size in page.items]
    return render_template(
        "library/shelf.html",
        page=page,
        rows=items,
        wanted=wanted,
        others=others,
        chosen=_chosen(wanted, others),
        choices=_choices(wanted),
    )


def _chosen(wanted: queries.Wanted, others: Mapping[str, str]) -> list[str]:
    """What the list is narrowed to, in words."""
    words = [f"«\u00a0{escape(wanted.words)}\u00a0»"] if wanted.words else []
    theme = [_shelf(wanted.theme, others)] if wanted.theme else []
    spoken = [shown.language(wanted.language)] if wanted.language else []
    return [Html(part) for part in [*words, *theme, *spoken]]


def _shelf(key: str, others: Mapping[str, str]) -> Html:
    """Say a shelf: ours, one that holds something, or a domain about which nothing is here yet."""
    known: dict[str, Message | str] = {**shown.THEMES, **others}
    name = known.get(key) or dict(domains()).get(key, key)
    return tr(name) if isinstance(name, Message) else shown.said(name, "fr")


def _choices(wanted: queries.Wanted) -> list[tuple[Html, str, bool]]:
    """Links to the shelves in one language: every published one, and all of them."""
    codes = [None, *(one.code for one in published())]
    return [
        (
            shown.language(code) if code else tr("Toutes"),
            url_for("library.index", q=wanted.words or None, theme=wanted.theme, langue=code),
            code == wanted.language,
        )
        for code in codes
    ]


def _wanted(others: Mapping[str, str]) -> queries.Wanted:
    asked = request.args
    theme = shelves.shelf_of(asked.get("theme", ""))
    known = theme in shown.THEMES or theme in others or (theme and theme in dict(domains()))
    return queries.Wanted(
        words=searched(),
        theme=theme if known else None,
        language=asked.get("langue") if asked.get("langue") in shown.language_names() else None,
    )


@blueprint.get("/<slug>")
@shared_and_counted
def material(slug: str) -> str:
    """Show one material: watch, hear, read, take away, and where it comes from."""
    sheet = queries.sheet(slug)
    if sheet is None:
        raise NotFound(msg("Ce support n’existe pas ou n’existe plus."))
    if not all(store().has(file.sha256) for files in sheet.files.values() for file in files):
        do_not_keep()
    return render_template(
        "library/material.html",
        sheet=sheet,
        address=partial(_address, slug),
        versions=_versions(sheet),
        one=sheet.material,
        has=store().has,
        body=text.render(sheet.material.body),
        giver=_giver(sheet.material),
    )


def _giver(one: Material) -> str:
    """The space that shared a material; the coordination for its own, nobody for what is shipped."""
    if one.shipped:
        return ""
    space = places.space(one.space_uid) if one.space_uid else None
    return space.name if space else str(msg("La coordination"))


def _address(slug: str, found: MaterialFile, save: bool = False) -> str:
    return url_for("library.file", slug=slug, sha256=found.sha256, emporter=1 if save else None)


def _versions(sheet: queries.Sheet) -> list[tuple[Html, str, bool]]:
    """Links to the languages of a material, its own among them."""
    family = sorted([sheet.material, *sheet.versions], key=lambda one: one.uid)
    return [
        (shown.language(one.language), url_for("library.material", slug=one.slug), one is sheet.material)
        for one in family
    ]


@blueprint.get("/<slug>/fichier/<sha256>")
def file(slug: str, sha256: str) -> Response:
    """Send one file of a material on the shelves, whole or by ranges."""
    found = queries.public_file(slug, sha256)
    if found is None or (found.part == Part.ORIGINAL and not current_user.can(Right.EDIT_LIBRARY)):
        # An original may tell where and with what it was taken: the team alone opens it.
        abort(404)
    if not store().has(sha256):
        raise NotFound(msg("Ce fichier n’est pas encore arrivé dans cet espace."))
    content = media.Content(store().size(sha256), partial(store().open, sha256))
    return media.send(content, sha256, found.mime, found.name, "emporter" in request.args)


@blueprint.get("/affiche/<theme>.svg")
def poster(theme: str) -> Response:
    """Draw the cover of a shelf, for videos that bring none."""
    if theme not in shown.THEMES:
        abort(404)
    drawn = Response(render_template("library/poster.svg", theme=theme), mimetype="image/svg+xml")
    drawn.headers["Cache-Control"] = "public, max-age=86400"
    return drawn

"""The words of a list: those of the software, those added here, those put aside."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.language import Message, msg
from kiosk.members.fields import lists, own, words
from kiosk.members.fields.lists import Saying
from kiosk.members.forms.own import WordForm
from kiosk.members.routes.sight import ASKERS
from kiosk.storage import NotFound, transaction
from kiosk.web.forms import is_submitted_ok, refused
from kiosk.web.guards import needs
from kiosk.web.notices import done

Answer = str | Response | tuple[str, int]
_guard = needs(*ASKERS)
_LIST = "/membres/questions/listes/<name>"


def add_to(blueprint: Blueprint) -> None:
    """Put these pages under a blueprint."""
    for rule, view, methods in (
        (_LIST, word_list, ["GET", "POST"]),
        (f"{_LIST}/mot", word, ["GET", "POST"]),
        (f"{_LIST}/ecarter", put_word_aside, ["POST"]),
        (f"{_LIST}/reprendre", take_word_up, ["POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, _guard(view), methods=methods)


def word_list(name: str) -> Answer:
    """Show a list, and add a word to it."""
    title, form = _title(name), WordForm()
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            lists.add(name, _saying(form), current_user.space_uid)
        if outcome.ok:
            done(msg("«\u00a0%(word)s\u00a0» est dans la liste.", word=form.french.data))
            return redirect(url_for(".word_list", name=name), 303)
    known = words.book().words(name)
    page = render_template("members/words.html", title=title, name=name, words=known, form=form)
    return page, 422 if request.method == "POST" else 200


def _title(name: str) -> Message | str:
    """Return what a list is called. Raises NotFound for none, or for options another place keeps."""
    if title := words.lists(current_user.space_uid).get(name):
        return title
    found = next((one for one in own.every() if one.uid.hex == name), None)
    if found is None or found.space_uid != current_user.space_uid:
        raise NotFound(msg("Cette liste n’existe pas."))
    return found.label


def _saying(form: WordForm) -> Saying:
    return Saying(form.french.data or "", form.bambara.data or "")


def word(name: str) -> Answer:
    """Say a word otherwise."""
    title, code = _title(name), request.args.get("code", "")
    one = lists.one(name, code, current_user.space_uid)
    form = WordForm(french=str(one.french), bambara=one.bambara)
    if is_submitted_ok(form):
        with refused(form) as outcome, transaction():
            lists.rename(name, code, _saying(form), current_user.space_uid)
        if outcome.ok:
            done(msg("Le mot est à jour."))
            return redirect(url_for(".word_list", name=name), 303)
    page = render_template("members/word.html", title=title, name=name, one=one, form=form)
    return page, 422 if request.method == "POST" else 200


def put_word_aside(name: str) -> Response:
    """Offer a word no more; cards that say it keep it."""
    return _offered(name, False)


def take_word_up(name: str) -> Response:
    """Offer a word again."""
    return _offered(name, True)


def _offered(name: str, active: bool) -> Response:
    _title(name)
    with transaction():
        lists.put_aside(name, request.form.get("code", ""), current_user.space_uid, active)
    done(msg("Le mot est de nouveau proposé.") if active else msg("Le mot n’est plus proposé."))
    return redirect(url_for(".word_list", name=name), 303)

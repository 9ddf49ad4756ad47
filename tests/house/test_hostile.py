"""Every form of every page, filled with what should not be there: a clear answer, never a failure.

HTML, ten thousand characters, null bytes, right-to-left marks, impossible dates
and numbers, other people's ids: whatever is typed, the machine answers with a
page that passes inspection, and nothing typed comes back as markup.
"""

import pytest

from tests.support.crawl import walk
from tests.support.machines import Machine
from tests.support.markup import Element, read
from tests.support.pages import Client
from tests.support.screens import is_file

MARKUP = "<script>alert(1)</script><b>Awa</b>"
PAYLOADS = {
    "nothing": "",
    "markup": MARKUP,
    "ten thousand characters": "ɛ" * 10_000,
    "null bytes and marks": "Awa\x00\u202eDiarra\u200f\u2066\x07",
    "an impossible date": "31/02/1990",
    "a far year": "9999-99-99",
    "a huge number": "99999999999999999999999",
    "a negative number": "-1",
    "an id of nobody": "00000000-0000-0000-0000-000000000007",
}
LEFT_ALONE = {"accounts.sign_out", "web.set_language"}
KEPT = {"hidden", "submit", "button", "image", "reset"}


def filled(form: Element, payload: str) -> dict[str, str]:
    """The form's fields with the payload typed into each; its own hidden ones kept."""
    data = {}
    for field in form.all("input", "textarea", "select", "button"):
        name = field.get("name")
        if not name or (field.tag == "button" and name in data):
            continue
        keep = field.get("type") in KEPT or field.tag == "button"
        data[name] = field.get("value") if keep else payload
    return data


def forms(client: Client) -> dict[str, tuple[str, Element]]:
    """One form of each kind a person meets: its target and what it asks, with the page it stands on."""
    found: dict[str, tuple[str, Element]] = {}
    routes = client.application.url_map.bind("localhost")
    for _, path, status in walk(client, sames=1):
        if status != 200 or is_file(path):
            continue
        for form in read(client.get(path).get_data(as_text=True)).root.all("form"):
            target = form.get("action") or path
            method = form.get("method").upper() or "GET"
            endpoint, _ = routes.match(target.partition("?")[0], method=method)
            names = ",".join(sorted(field.get("name") for field in form.all("input", "select", "textarea")))
            if endpoint not in LEFT_ALONE:
                found.setdefault(f"{method} {endpoint} {names}", (target, form))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("role", ["stranger", "manager", "author"])
def test_no_form_breaks_on_what_is_typed_into_it(spoilt: Machine, role: str) -> None:
    client = spoilt.client() if role == "stranger" else spoilt.as_(role)
    client.complaints = wrong = []
    met = forms(client)
    for kind, (target, form) in met.items():
        for what, payload in PAYLOADS.items():
            answer = send(client, target, form, payload)
            if answer is not None and (answer[0] >= 500 or MARKUP in answer[1]):
                wrong.append(f"{kind}: {what}: {answer[0]}")
    assert met
    assert not wrong, "\n".join(wrong)


def send(client: Client, target: str, form: Element, payload: str) -> tuple[int, str] | None:
    """Send the form; None where the method is one that a browser cannot send."""
    data = filled(form, payload)
    if form.get("method").upper() == "POST":
        answer = client.post(target, data=data)
    else:
        answer = client.get(target.partition("?")[0], query_string=data)
    return answer.status_code, answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""

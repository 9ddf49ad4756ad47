"""A form that is not taken answers 422, in every room: whoever sent it can tell that from a page."""

import pytest

from tests.house.test_hostile import filled, forms
from tests.house.test_rights import address, quiet
from tests.support.machines import Machine

DOORS = [("kiosk", "manager"), ("kiosk", "trainer"), ("kiosk", "author")]
DOORS += [("central", "coordinator"), ("central", "editor")]
TOLD = {303, 400, 401, 403, 404, 409, 413, 422, 429}


@pytest.mark.parametrize(("door", "role"), DOORS)
def test_an_empty_form_is_never_answered_as_if_it_were_a_page(door: str, role: str, machine: object) -> None:
    here: Machine = machine(door)  # type: ignore[operator]
    client = quiet(here.as_(role))
    rules = [rule for rule in here.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    wrong = []
    for rule in rules:
        path = address(here, rule)
        if rule.endpoint != "accounts.sign_out" and not rule.rule.startswith("/sync/"):
            answer = client.post(path)
            if answer.status_code not in TOLD:
                wrong.append(f"POST {path}: {answer.status_code}")
    assert len(rules) > 20
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("role", ["manager", "author"])
def test_every_form_a_person_meets_answers_so_when_she_leaves_it_empty(spoilt: Machine, role: str) -> None:
    client = spoilt.as_(role)
    client.complaints = []
    wrong = []
    met = {kind: form for kind, form in forms(client).items() if kind.startswith("POST")}
    for kind, (target, form) in met.items():
        answer = client.post(target, data=filled(form, ""))
        if answer.status_code not in TOLD:
            wrong.append(f"{kind}: {answer.status_code}")
    assert len(met) > 3
    assert not wrong, "\n".join(wrong)

"""What a centre's log must look like, and a write of a person there."""

from sqlalchemy import text

from kiosk.central.journal import first_chain, link
from kiosk.central.models import commit_log
from kiosk.partners import services as partners
from kiosk.partners.models import Kind
from tests.support.machines import Machine


def add_federation(centre: Machine, name: str) -> None:
    with centre.writing("coordinator"):
        partners.add_organisation(partners.OrganisationCard(Kind.FEDERATION, name))


def assert_one_chain(centre: Machine) -> None:
    """The numbers run from one without a gap, and each links to the one before."""
    chain, expected = first_chain(), 0
    with centre.open() as current:
        for row in current.execute(commit_log.select().order_by(commit_log.c.n)):
            expected += 1
            assert row.n == expected
            chain = link(chain, row.epoch, row.n, (row.tab, row.row_uid))
            assert row.chain == chain
        head = current.execute(text("select epoch, n, chain from central_meta")).one()
    assert (head.epoch, head.n, bytes(head.chain)) == (1, expected, chain)

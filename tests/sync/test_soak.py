"""Three weeks of a network with bad luck: everything counted once, every view alike, figures equal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage import clock
from tests.soak import oracle
from tests.soak.fleet import Post
from tests.soak.year import Plan, Year


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    before = clock.now_ms, clock._here.path
    made = Year(tmp_path, Plan(kiosks=3, days=20, seed=5))
    yield made
    made.close()
    clock.now_ms, clock._here.path = before


@pytest.mark.slow
def test_three_weeks_of_bad_luck_lose_nothing_and_count_nothing_twice(year: Year) -> None:
    year.run()
    year.rest()
    found = oracle.check(year)
    assert found["changes"] > 200
    assert year.met["trouble: no_link"] > 2


def test_the_oracle_sees_a_write_that_is_lost_and_one_that_nobody_made(year: Year) -> None:
    year.rest()
    assert oracle.counted(year)
    post: Post = year.posts[0]
    known, post.ops = post.ops, post.ops | {b"x" * 16}
    with pytest.raises(AssertionError, match="I2"):
        oracle.counted(year)
    post.ops, year.every = known, year.every - known
    with pytest.raises(AssertionError, match="nobody made"):
        oracle.counted(year)

"""The rules of what is kept, for a machine over the model's world or over the real one."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

ANY = st.integers(0, 11)


class KeepingRules:
    """Copies declared, logs made lighter, sticks written and handed in, sendings taken from the shelf."""

    world: Any

    @rule()
    def declare(self) -> None:
        self.world.declare()

    @rule(k=ANY)
    def lighten(self, k: int) -> None:
        self.world.lighten(k)

    @rule(k=ANY)
    def write_stick(self, k: int) -> None:
        self.world.write_stick(k)

    @rule(i=ANY, keep=st.booleans())
    def plug_stick(self, i: int, keep: bool) -> None:
        self.world.plug_stick(i, keep)

    @rule(i=ANY)
    def take(self, i: int) -> None:
        self.world.take(i)

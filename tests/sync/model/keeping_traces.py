"""The shortest known histories of what is kept, and those that once looked risky."""

from tests.sync.model.traces import Step

TRACES: dict[str, tuple[Step, ...]] = {
    "copy_first": (("backup_centre",), ("edit", 0, 0), ("round", 0), ("restore_centre",), ("lighten", 0)),
    "mark_first": (
        *[("backup_centre",), ("edit", 0, 0), ("round", 0), ("declare",), ("round", 0)],
        *[("lighten", 0), ("restore_centre",)],
    ),
    "closed_later": (
        *[("backup", 0), ("backup_centre",), ("add", 0), ("round", 0), ("clone", 0, True)],
        *[("lighten", 2), ("restore", 0), ("restore_centre",)],
    ),
    "set_aside": (("add", 0), ("revoke", 0), ("send", 0), ("deliver", 0), ("steal", 0)),
}
"""The shortest known history that breaks the protocol without one of these safeguards."""

REGRESSIONS: dict[str, tuple[Step, ...]] = {
    "a stick late, twice, and the network before it": (
        *[("add", 0), ("edit", 0, 0), ("write_stick", 0), ("round", 0), ("plug_stick", 0, True)],
        *[("edit", 0, 0), ("plug_stick", 0, False), ("deliver", 0), ("deliver", 0)],
    ),
    "a log lighter than the history a copied disk brings": (
        *[("add", 0), ("add", 0), ("round", 0), ("backup", 0), ("clone", 0, False), ("backup_centre",)],
        *[("declare",), ("round", 0), ("lighten", 0), ("add", 2), ("round", 2), ("add", 0), ("round", 0)],
    ),
    "a sending taken after its machine was allowed again": (
        *[("add", 0), ("revoke", 0), ("send", 0), ("deliver", 0), ("allow",), ("round", 0), ("take", 0)],
    ),
}

"""Addresses that come from outside, and whether to follow them."""


def safe_path(target: str | None, default: str = "/") -> str:
    """Return `target` if it is a path on this machine, else `default` (no open redirect).

    Browsers drop tabs and line ends from an address: one between two slashes names a host.
    """
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable():
        return target
    return default

"""The centre with its kiosks, as the exchange's tests have them."""

from tests.sync.conftest import any_centre, nioro

__all__ = ["any_centre", "nioro"]

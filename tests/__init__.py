"""The tests mirror the rooms; `tests/house` holds the rules every room obeys."""

"""Failures that pass by themselves: a busy or full database."""

from sqlalchemy.exc import OperationalError, TimeoutError

PASSING: tuple[type[Exception], ...] = (OperationalError, OSError, TimeoutError)

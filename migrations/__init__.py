"""Alembic scripts; run only by `kiosk upgrade`."""

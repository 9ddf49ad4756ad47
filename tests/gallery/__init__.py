"""A page holding every component, for eyes: ``python -m tests.gallery`` serves it."""

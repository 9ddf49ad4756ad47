"""Registers as people keep them, and files that only look like one; `make.py` makes them all."""

"""Meetings with partners: when, with whom, what was said and what came of it."""

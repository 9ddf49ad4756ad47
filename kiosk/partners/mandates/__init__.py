"""Mandates: who sits on the board of an organisation, in which role, since when."""

"""Tests of the exchange between kiosks and the centre."""

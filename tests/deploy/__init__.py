"""Tests of what puts the program on machines."""

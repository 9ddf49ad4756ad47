"""Putting the program on machines: the demonstration, and what a real kiosk and a real centre need."""

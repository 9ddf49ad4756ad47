"""Bookings of the counter: an hour at a computer with a fair share, a room for a meeting."""

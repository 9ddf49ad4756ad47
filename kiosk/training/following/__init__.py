"""Beside courses: people accompanied one to one, and what those who came thought of a session."""

"""The web ground."""

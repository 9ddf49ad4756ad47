"""Real processes under waitress: memory, limits, stopping, crashes."""

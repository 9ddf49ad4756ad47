"""The centre: what it merges, shows, orders and lends."""

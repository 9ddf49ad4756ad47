"""A year of a whole network in minutes: kiosks, a centre, bad luck, and an oracle that counts."""

"""A year of three spaces, invented but plausible: people, lessons, articles, visits.

Everything goes through the rooms' own services, with a seed, so that the same
day gives the same year. Names are common in the Kayes region and belong to
nobody in particular; villages and communes are real.
"""

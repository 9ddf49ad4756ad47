"""The same person on two cards: links between cards, never merged rows.

A link is said by a person and taken back by another word; no card is ever
changed, no record re-pointed. Cards tied by confirmed links are one *person*;
everything that counts distinct people asks `links.persons`.
"""

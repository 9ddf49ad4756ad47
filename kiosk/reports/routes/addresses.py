"""Where the pages of this room are; `python -m tests.house.routes` writes it from them."""

REPORTS = """
GET      /rapports                                                          report           index
GET      /rapports/tableau.csv                                              report           table
"""

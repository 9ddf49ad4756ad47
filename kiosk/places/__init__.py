"""Room card: where things are.

What lives here: the communes of the area with their p-codes and their dated
parents (cercle and region, before and after the reform of 2023), the spaces
with their address, hours and rooms, and which space this machine stands in.
What it may touch: storage and language. Promises: a commune is known by its
p-code; a parent nobody has confirmed is said « à confirmer », never guessed;
new opening hours are on the phones with the next page.
"""

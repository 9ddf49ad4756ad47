"""The desk: who comes in, and the first page of the space.

Lives here: visits, the public welcome page and the manager's « Aujourd’hui ».
May touch: its own tables, and the queries of every other room, which it only
reads. Promises: a visit is one line written once and taken back, never
rewritten; the figures of the day are counts of those lines.
"""

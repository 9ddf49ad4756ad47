"""The catalogue: courses with their modules, domains, the plan of a year, kinds of sessions.

Promises: a domain has the same key on every machine, so that spaces add up; what
a space wrote wins over what came with the software; nothing of it is ever deleted.
"""

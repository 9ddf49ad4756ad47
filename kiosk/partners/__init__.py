"""Room card: with whom the federation works.

What lives here: the tree of organisations (federation, collective, NGO), the
projects and the donors who pay for them. What it may touch: accounts and places
(their queries), storage, language, web. Promises: an organisation that a space
made belongs to that space; the others come from the centre.
"""

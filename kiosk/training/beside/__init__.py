"""Who stands beside a session: those who teach it, whether unpaid, and the organisations that share in it.

The person printed on the sheet stays a word of the session itself; here is
everyone who held it, so that a volunteer's days follow from its sittings.
"""

"""Central: the far end of the exchange, the server of the coordination.

Lives here: enrolment of kiosks and their keys, the durable inbox, merging by
field with bases, the commit log and what each kiosk may receive of it, the page
of kiosks. May touch: storage, sync, what rooms register (their models' owner,
scope and strongest values) and their queries. Promises: an acknowledgement
means committed; a change that cannot be applied is held and delays nobody; no
row leaves for a space that may not have it.
"""

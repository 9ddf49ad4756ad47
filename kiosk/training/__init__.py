"""Room card: what a space teaches, to whom, and who came.

What lives here: the catalogue of courses, training sessions with their sittings,
enrolments with the waiting list, seats asked for from a phone, attendance, and
anonymous headcounts; the sums made of them (person-days, person-hours, distinct
people). What it may touch: members, partners, accounts and places through their
services and queries; storage, language, web.

Promises: a rank and a free seat are derived, never stored; no figure is stored
but what an attestation said; a state moves because someone acted, never because a clock did; a sheet
with nobody present closes; a session that holds attendance is cancelled with its
reason, never deleted; public pages show no name and no phone; a number once
printed on an attestation stays known for ever, as valid or as withdrawn.
"""

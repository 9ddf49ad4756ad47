"""Sync: how changes travel between a kiosk and the centre.

Lives here: frames, signatures and the documents inside; the kiosk's side of the
exchange (push, acknowledgement, pull, fork), its worker, its commands and the
page « Envois ». May touch: storage; flask in `routes` alone; no room by its
code. Promises: no acknowledged change is lost, no unsigned answer changes
anything, a cut costs at most one batch, and every recovery makes its own
trigger false.
"""

"""Room card: who works here and how they prove it.

What lives here: the staff, their roles and rights, PINs and passwords, signing
in and out, the delays after wrong answers, and the first-run set-up of a kiosk.
What it may touch: places, storage, language, web. Promises: a secret never
leaves the machine and is never shown; a stranger cannot lock the manager out;
a changed PIN or a deactivated person ends every open session at once.
"""

"""Time: what a kiosk without a battery behind its clock makes of the centre's word and a person's.

Lives here: asking the centre for its time, hearing it in every reply, correcting
the moments written on a wrong footing, and reaching a TLS centre with a clock
that is years off. May touch: storage and the exchange. Promises: nothing is
refused and no state changes because of a date.
"""

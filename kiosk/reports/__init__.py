"""Reports: the figures donors ask for, worked out from the register and the marks.

Lives here: indicators over any period, per space and in total, and the state of
the machine in numbers. May touch: every room's queries; it writes nothing.
Promises: categories plus unknown always sum to the total; distinct people and
participations are never added; a figure computed at a kiosk and at the centre
over the same rows is the same.
"""

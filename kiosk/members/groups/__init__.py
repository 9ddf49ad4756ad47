"""Groups and classes: people who come together, entered in a training all at once.

Who leaves a group is put out of it, never deleted: what was done with the group stays true.
"""

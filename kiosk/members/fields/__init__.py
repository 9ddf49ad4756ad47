"""What a space asks of people beyond the common questions: words of its lists, fields of its own.

A word or a field that was used once is put aside, never deleted: old cards keep saying it.
"""

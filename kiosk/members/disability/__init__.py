"""The Washington Group short set: six questions, four answers, asked only where a space chose to.

Answers are about health: they stay on the machine where they were given, they stand
on no list and in no file but a locked copy of the machine, and only counts are shown.
"""

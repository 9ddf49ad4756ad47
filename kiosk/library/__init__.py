"""Room card: the médiathèque, what people come to watch, hear and read.

What lives here: materials (a video, a sound, a book, a picture, a text), their
files kept by content, the counts of reads per material and day, and the
materials that ship with the software. What it may touch: storage, language,
web; no other room.

Promises: any phone reads without an account and leaves no trail; an item in
the reader's language comes first; a Bambara item nobody has read again says
so; a file that is not on this machine is said to be missing, never a dead link.
"""

"""The press: sheets, attestations, programmes and posters drawn as PDF.

Lives here: what a paper is made of (`facts`), how each is drawn, and `press`,
which has a process of its own draw it. May touch: reportlab and segno, in that
process alone; no database, no request, no room. Promises: the serving process
never loads the drawing library; every word comes from the caller, already in the
reader's language; Latin letters with those of Bambara, no font from elsewhere.
"""

"""How the shipped sounds, film, picture and files were made: `python -m tests.library.making`.

Everything comes from this folder and from three programs: espeak-ng (the
voice), ffmpeg (the film and the sounds), Chromium (the drawings). The results
are committed in `kiosk/library/seed/files/`; run it again only to change them.
"""

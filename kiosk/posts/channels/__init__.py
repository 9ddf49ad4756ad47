"""Where the federation speaks in public: its site, its pages, its handles.

What lives here: the public accounts, kept at the centre, read everywhere. What
it promises: a public account is a name that anybody may read. Whatever opens
an account (a token, a password) has no column here and no way to a kiosk.
"""

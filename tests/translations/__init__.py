"""The catalogues' workshop: `python -m tests.translations` brings them up to date.

It reads every `msg`, `nmsg`, `_`, `ngettext`, `tr`, `ntr` and `{% trans %}` of
the package, fills the French catalogue (each sentence is its own translation,
with French plurals), fills the other languages only from attested words
(`translations/glossary.csv`) and from rows a named speaker has read again in
`translations/a-traduire-<code>.csv`, compiles, and prints the coverage of each
screen. Nothing is guessed. Running it twice changes nothing.
"""

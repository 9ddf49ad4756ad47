"""Room card: the register of members.

Lives here: people (`Member`), what they agreed to (`Consent`), card numbers,
ages and bands, the import of registers that managers keep in spreadsheets, and
their export. May touch: `storage`, `language`, `places`. Promises: a printed
number is never given twice; a birth *year* is kept, never an age or a band; an
import says line by line what it will do before it writes, adds nobody twice and
never blanks or overwrites; names stay with the staff of their space, and at the
centre opening one leaves a trace.
"""

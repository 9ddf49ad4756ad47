"""The import of registers kept elsewhere: read a file, plan line by line, write once.

`sheet` reads any usual file into tables, `columns` finds what each column means,
`lines` turns a row into what it says of a person, `plan` compares with the
register, `writing` applies a plan in the caller's transaction and takes it back.
"""

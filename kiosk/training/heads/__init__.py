"""People who came and whose names nobody took: counted by sex, age band and trade, or only about."""

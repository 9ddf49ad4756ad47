"""What the tests stand on: machines, a database server, real processes, a browser, page inspection."""

"""Articles and notices: the texts, their moves, their pages."""

"""Job descriptions: what a post is for, in versions that are never written over, and who holds it."""

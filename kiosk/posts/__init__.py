"""Room card: articles and local notices.

What lives here: posts with their working copy, the revisions submitted, the
dated history of every move; the writers' pages, the editorial desk, the public
pages and the Atom feed. What it may touch: accounts, places and partners for
names, storage, language, web. Promises: a draft outlives a power cut; readers
see exactly the text that was approved, whatever is edited or merged since; an
author sees no one's register; every move names who made it and when.
"""

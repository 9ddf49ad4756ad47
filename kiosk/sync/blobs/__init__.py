"""Files between kiosks and the centre: named by their content, carried leaf by leaf.

Lives here: manifests, parts on their way in (both ends use them), which rows
want which contents, the kiosk's calls and its carrier, what it may cost, what
« Envois » says of it. Promises: a content is kept whole and checked or not at
all; whatever leaf arrived stays, over cuts and reboots; changes always pass first.
"""

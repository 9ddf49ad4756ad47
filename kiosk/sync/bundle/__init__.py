"""Bundles: the exchange carried by hand, on a USB stick or a traveller's phone.

A bundle holds the very messages of the network, sealed for who may read them and
signed inside. Promises: nothing readable lies on the stick, nothing leaves in
plain text, writing acknowledges nothing, and a stick pulled out at any byte does
no harm.
"""

"""An executable model of the sync protocol: what must hold, without a database or a network.

`kiosk` and `centre` follow the specification rule by rule; `world` moves messages
between them and keeps the oracle, which counts human writes rather than
surviving logs; `guards` names every safeguard, so that a test can take it away.
"""

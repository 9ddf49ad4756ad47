"""Attestations: what somebody followed, said on paper under a number that anybody can check.

Never « diplôme »: a space attests a training or a participation. A number once
printed stays known for ever, as valid or withdrawn; whoever was erased leaves hers
valid and nameless.
"""

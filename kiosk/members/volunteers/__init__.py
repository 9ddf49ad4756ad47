"""Volunteers: who offers which skills, the days she gave, and the offers that come from phones.

Their days are a ledger of their own: never added to the days of people trained.
"""

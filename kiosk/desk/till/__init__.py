"""Counter services: typing, copying, printing; what they cost and the cash they bring, in FCFA."""

"""Bad links: what they may cost, and what they may never cost."""

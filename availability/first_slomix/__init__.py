"""Bringing the first Slomix's people and answers over; its database is only read."""

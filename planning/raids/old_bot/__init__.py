"""Bringing the old raid bot's servers, raids and people over; its database is only read."""

"""Configuration mistakes that would otherwise show at 21:00."""

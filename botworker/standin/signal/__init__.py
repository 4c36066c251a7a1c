"""A signal-cli REST server of your own, in its native mode, and the people behind the numbers."""

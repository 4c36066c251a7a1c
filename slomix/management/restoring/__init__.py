"""Bringing a backup back: into the configured database, or into one that is thrown away again."""

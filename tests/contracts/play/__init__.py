"""A long seeded evening in the local Discord, played by discord.py's own client and by people."""

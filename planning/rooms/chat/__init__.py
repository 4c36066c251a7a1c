"""The room in Discord: its thread, its post, what is pressed and commanded there. No discord.py."""

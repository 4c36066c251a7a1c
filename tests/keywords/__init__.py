"""Words in chat that the bot answers."""

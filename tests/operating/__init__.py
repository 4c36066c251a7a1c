"""What admins and the bot's owners ask of the bot itself."""

"""What admins and the bot's owners ask of the bot itself: how it is, what it shall delete, other servers."""

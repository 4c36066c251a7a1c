"""Points and levels: accounts keep them, the bot counts them."""

"""A Telegram of your own: the Bot API for the world's bot, and what people do with it."""

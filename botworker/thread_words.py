"""The keeper's own words about threads; what people read is said by the app that owns them."""

REMOVED = "removed by hand"
# Discord's codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes
NO_RIGHT, NO_THREADS_HERE, TOO_MANY = 50013, 50024, 160006
WORDS = {
    NO_RIGHT: "the bot may not begin or fill private threads there",
    NO_THREADS_HERE: "private threads hang below text channels only",
    TOO_MANY: "too many threads are open on the server",
}

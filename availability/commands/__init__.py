"""Discord's commands for evenings: what each says, and in `cog` how Discord asks for it."""

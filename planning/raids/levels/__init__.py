"""What people ask of their level in Discord. The points themselves are `accounts.actions.levels`."""

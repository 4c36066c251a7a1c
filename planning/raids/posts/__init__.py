"""What raids keep true in Discord: votes, slots, lists, roles. Words and rows; no network."""

"""Running Slomix: whether it can work, who may do what in its database, and what is wrong with it."""

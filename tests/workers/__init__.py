"""What is done again and again, and what operators see of it."""

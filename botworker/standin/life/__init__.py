"""What happens on the servers: each verb changes the store and tells the bots that listen."""

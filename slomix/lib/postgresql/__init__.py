"""Django's PostgreSQL, asked whether it is there once a second and not once a request."""

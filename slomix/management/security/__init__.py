"""What `manage.py security_check` asks of a running instance, over the wire like any stranger."""

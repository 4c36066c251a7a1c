"""A whole production profile on this machine: `make prod`. Every part is what systemd would run."""

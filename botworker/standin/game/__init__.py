"""A game server of your own: answers `getstatus` and `getinfo` over UDP as ET: Legacy does."""

"""Slomix: from “who plays tonight?” to two full teams on the server."""

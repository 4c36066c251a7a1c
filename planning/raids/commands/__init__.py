"""What people ask of raids in Discord, and what they read then. Knows nothing of discord.py.

Every verb takes who asks (`Press`) and where (`Where`), and returns a `Reply` or, before a form is
sent, a `Form`. What is refused is an answer like any other.
"""

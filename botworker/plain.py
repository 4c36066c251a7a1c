"""People's own text, made harmless for a chat."""

import re
import unicodedata

# Nothing that people write may become a mention, a link, an emoji, a time or markup.
MARKDOWN = re.compile(r"([\\*_~|>#\[\]()`<:\-])")
# A word joiner inside keeps "@everyone" from being a mention and "https:" from being a link.
LIVE = re.compile(r"(?i)(@|\bhttps?(?=:)|\bdiscord(?=\.))")


def plain(text: str, longest: int = 32) -> str:
    """Return a person's or team's name so that Discord shows it as it was written.

    Control, format (bidi, zero width) and lone surrogate characters go, white space is one
    space, the rest is escaped; longer than `longest` characters ends in an ellipsis.
    """
    kept = "".join(
        " " if unicodedata.category(letter) in ("Zl", "Zp", "Zs") else letter
        for letter in text
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    short = " ".join(kept.split())
    if len(short) > longest:
        short = short[: longest - 1] + "…"
    return MARKDOWN.sub(r"\\\1", LIVE.sub("\\1\u2060", short))

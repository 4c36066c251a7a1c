"""People's own text, made harmless for a chat."""

import re
import unicodedata

# Nothing that people write may become a mention, a link, an emoji, a time or markup.
MARKDOWN = re.compile(r"([\\*_~|>#\[\]()`<:\-])")
ESCAPED = re.compile(r"\\" + MARKDOWN.pattern)
# Where an escaped sign waits while a text's own markup is read; no name holds any of these.
ASIDE = 0xE000
# A word joiner inside keeps "@everyone" from being a mention and "https:" from being a link.
LIVE = re.compile(r"(?i)(@|\bhttps?(?=:)|\bdiscord(?=\.))")


def plain(text: str, longest: int = 32) -> str:
    """Return a person's or team's name so that Discord shows it as it was written.

    As `bare`, and what is left is escaped.
    """
    return MARKDOWN.sub(r"\\\1", LIVE.sub("\\1\u2060", bare(text, longest)))


def bare(text: str, longest: int = 32) -> str:
    """Return people's own text for a place that knows no markup, such as a select's options.

    Control, format (bidi, zero width) and lone surrogate characters go, white space is one space;
    longer than `longest` characters ends in an ellipsis.
    """
    kept = "".join(
        " " if unicodedata.category(letter) in ("Zl", "Zp", "Zs") else letter
        for letter in text
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    short = " ".join(kept.split())
    return short[: longest - 1] + "…" if len(short) > longest else short


def set_aside(text: str) -> str:
    """Hide what `plain` escaped, so that only the markup of our own words is found."""
    return ESCAPED.sub(lambda found: chr(ASIDE + ord(found[1])), text)


def put_back(text: str) -> str:
    """Return a text with the signs that `set_aside` hid, and without their backslashes."""
    return "".join(
        chr(ord(one) - ASIDE) if ASIDE <= ord(one) < ASIDE + 128 else one for one in text
    )

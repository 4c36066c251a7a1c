"""The icons of the drill pages, one sprite at the end of the body."""

from .html import Markup, tag

SHAPES = {
    "user": '<circle cx="10" cy="7" r="3.2"/><path d="M3.8 17q.8-4.8 6.2-4.8t6.2 4.8"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "x": '<path d="m5 5 10 10M15 5 5 15"/>',
    "belloff": '<path d="M5 13.5V9m1.6-3.7A5 5 0 0 1 15 9v2.5M3.5 15h11M8.5 17.5h3M3 3l14 14"/>',
    "tonight": '<path d="M4 17V3.5M4 4h11l-2.5 3.5L15 11H4"/>',
    "voice": '<path d="M3.5 12.5V10a6.5 6.5 0 0 1 13 0v2.5M3.5 11.5H6v5H4.5a1 1 0 0 1-1-1z'
    'M16.5 11.5H14v5h1.5a1 1 0 0 0 1-1z"/>',
    "send": '<path d="M10 16V4m0 0L5 9m5-5 5 5"/>',
    "hash": '<path d="M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13M3 12.5h13"/>',
    "eye": '<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z"/>'
    '<circle cx="10" cy="10" r="2"/>',
    "out": '<path d="M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7"/>',
    "mail": '<rect x="3" y="5" width="14" height="10" rx="1.5"/><path d="m3.5 6 6.5 5 6.5-5"/>',
}


def icon(name: str) -> Markup:
    """Show an icon of the sprite."""
    use = tag("use", href=f"#i-{name}")
    return tag("svg", use, class_="icon", viewBox="0 0 20 20", aria_hidden="true")


def sprite() -> Markup:
    """Build the sprite."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 20 20">{shape}</symbol>'
        for name, shape in SHAPES.items()
    )
    return tag("svg", Markup(symbols), class_="quiet", aria_hidden="true", focusable="false")

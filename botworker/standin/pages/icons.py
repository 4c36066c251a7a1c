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
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.6 2"/>',
    "list": '<path d="M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01"/>',
    "bolt": '<path d="M11 2.5 4.5 11.5H9l-1 6 7-9.5h-4.6z"/>',
    "home": '<path d="M3 9.5 10 4l7 5.5M5 8.5V16h10V8.5"/>',
    "plane": '<path d="M17 4 3 9.5l4.5 2L14 7l-5 5.5.5 4 2.5-2.5 2.5 2z"/>',
    "bubble": '<path d="M10 3.5c4 0 7 2.6 7 6s-3 6-7 6c-.9 0-1.8-.1-2.6-.4L4 16.5l.8-2.9'
    'A5.6 5.6 0 0 1 3 9.5c0-3.4 3-6 7-6z"/>',
    "thread": '<path d="M5 3v7a3 3 0 0 0 3 3h8M13 10l3 3-3 3"/>',
    "reply": '<path d="M8 5 3.5 9.5 8 14M4 9.5h8a4.5 4.5 0 0 1 4.5 4.5v1.5"/>',
    "smile": '<circle cx="10" cy="10" r="7"/><path d="M7 12q3 2.6 6 0M7.5 8h.01M12.5 8h.01"/>',
    "swap": '<path d="M4 7h11l-3-3M16 13H5l3 3"/>',
    "down": '<path d="m5 8 5 5 5-5"/>',
    "file": '<path d="M5 2.5h6.5L15 6v11.5H5zM11 2.5V6.5h4"/>',
    "mute": '<path d="M8 6.5V5a2 2 0 0 1 4 0v4M12 12.5A2 2 0 0 1 8 10.5M5.5 10a4.5 4.5 0 0 0 7.5 3.3'
    'M10 14.5V17M3.5 3.5l13 13"/>',
    "game": '<path d="M6.5 6h7a4 4 0 0 1 4 4.5c-.2 2.5-1.2 4-2.5 4s-1.6-2-3-2H8c-1.4 0-1.7 2-3 2'
    's-2.3-1.5-2.5-4A4 4 0 0 1 6.5 6zM6.5 8.2v2.6M5.2 9.5h2.6M13.5 9h.01M12 10.8h.01"/>',
    "door": '<path d="M11 3.5H5v13h6M9 10h8m-3-3 3 3-3 3"/>',
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

"""The playground's forms and pages, as a browser without a script uses them."""

from html.parser import HTMLParser

from .case import StandInCase

VOID = {"input", "meta", "link", "img", "hr", "br", "use"}


class Part(HTMLParser):
    """Cuts the element with an id out of a page, tags and all."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.depth = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth or ("id", self.wanted) in attrs:
            self.depth += tag not in VOID
            self.found.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found.append(data)


class PlaygroundCase(StandInCase):
    """A stand-in with somebody in front of its pages."""

    async def page(self, path: str = "/", *, who: int = 0, **query: str) -> str:
        asked = {**({"as": str(who)} if who else {}), **query}
        return (await self.http.get(path, params=asked or None)).text

    async def play(self, name: str, **form: object) -> str:
        """Send a form, and give the page that it leads to."""
        answer = await self.http.post(f"/play/{name}", data=form)
        self.assertEqual(answer.status_code, 303)
        return (await self.http.get(answer.headers["Location"])).text

    def part(self, page: str, key: str) -> str:
        """Give what is in the element with this id."""
        cutter = Part(key)
        cutter.feed(page)
        self.assertTrue(cutter.found, f"there is no {key}")
        return "".join(cutter.found)

    async def talk(self, *, who: int, at: str = "") -> str:
        """Give the conversation that somebody is in."""
        where = {"at": at} if at else {}
        return self.part(await self.page(who=who, **where), "talk")

    async def lane(self, person: int) -> str:
        """Give what is shown beside you of somebody."""
        return self.part(await self.page(), f"lane-{person}")

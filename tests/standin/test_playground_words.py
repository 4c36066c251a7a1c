"""Discord's and Telegram's marks, shown safely."""

from unittest import TestCase

from botworker.standin.pages.entities import marked
from botworker.standin.pages.faces import initials
from botworker.standin.pages.rich import rich


def names(kind: str, who: int) -> str | None:
    return {("@", 1): "Ana", ("#", 2): "raids", ("@&", 3): "raider"}.get((kind, who))


class RichTests(TestCase):
    def test_it_shows_bold_and_takes_backslashes_away(self) -> None:
        self.assertEqual(rich("**a \\*b\\*** \\_c\\_\nd"), "<b>a *b*</b> _c_<br>d")

    def test_it_makes_no_links(self) -> None:
        shown = rich("[x](http://evil) <http://evil> http://evil")

        self.assertNotIn("<a", shown)
        self.assertIn("http://evil", shown)

    def test_it_shows_code_as_it_was_typed(self) -> None:
        self.assertEqual(rich("`**<b>**`"), "<code>**&lt;b&gt;**</code>")
        self.assertEqual(rich("```py\nx < 1\n```"), "<pre><code>x &lt; 1</code></pre>")

    def test_it_leaves_names_with_underlines_alone(self) -> None:
        self.assertEqual(
            rich("the_artist_formerly and 2 * 3 * 4"), "the_artist_formerly and 2 * 3 * 4"
        )

    def test_it_names_whom_a_mention_means(self) -> None:
        shown = rich("<@1> <@!1> <#2> <@&3> <@9>", names)

        self.assertEqual(shown.count("@Ana"), 2)
        self.assertIn("#raids", shown)
        self.assertIn("@raider", shown)
        self.assertIn("&lt;@9&gt;", shown)

    def test_it_shows_lists_quotes_and_headings(self) -> None:
        shown = rich("# Tonight\n- map\n- sides\n> said")

        self.assertIn("Tonight</b>", shown)
        self.assertIn("<li>map</li><li>sides</li>", shown)
        self.assertIn("<blockquote>said</blockquote>", shown)

    def test_it_keeps_any_mark_from_becoming_markup(self) -> None:
        for mark in ("**{}**", "||{}||", "> {}", "# {}", "- {}", "```{}```", "~~{}~~", "<:{}:1>"):
            self.assertNotIn("<img", rich(mark.format("<img src=x onerror=1>")))

    def test_it_shows_a_moment_and_leaves_an_impossible_one(self) -> None:
        self.assertIn('<time datetime="', rich("<t:1790000000:t>"))
        self.assertEqual(rich("<t:99999999999999>"), "&lt;t:99999999999999&gt;")


class EntityTests(TestCase):
    def test_it_counts_as_telegram_does(self) -> None:
        text = "😀 game <night>"

        shown = marked(text, [{"type": "bold", "offset": 3, "length": 4}])

        self.assertEqual(shown, "😀 <b>game</b> &lt;night&gt;")

    def test_it_makes_no_links(self) -> None:
        link = {"type": "text_link", "offset": 0, "length": 4, "url": "http://evil"}

        self.assertEqual(marked("here", [link]), "here")


class NameTests(TestCase):
    def test_it_shortens_any_name(self) -> None:
        names = ["Ana Dinamit", "n00dl3", "صقر الليل", "čmrlj", "<>", "the_artist"]

        self.assertEqual([initials(name) for name in names], ["AD", "N0", "ص", "ČM", "?", "TA"])

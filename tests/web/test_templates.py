"""Rules that every template keeps."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

FOLDER = Path(settings.BASE_DIR) / "templates"
TAG = re.compile(r"<(?!/|!)[a-z][^<>]*>")
LEADS = re.compile(r"\b(href|action)=")
MOST_LINES = 150
# The parts page speaks to whoever writes the other pages, in the language they are written in.
FOR_DEVELOPERS = "slomix/parts.html"


def templates() -> Iterator[tuple[str, str]]:
    for file in sorted(FOLDER.rglob("*.html")):
        yield str(file.relative_to(FOLDER)), file.read_text(encoding="utf-8")


class TemplateTests(SimpleTestCase):
    def test_none_is_too_long(self) -> None:
        long = [name for name, text in templates() if len(text.splitlines()) > MOST_LINES]

        self.assertEqual(long, [])

    def test_every_get_keeps_a_link_and_every_post_a_form(self) -> None:
        tags = [(name, tag) for name, text in templates() for tag in TAG.findall(text)]
        gets = [tag for tag in tags if "hx-get=" in tag[1] and not LEADS.search(tag[1])]
        posts = [tag for tag in tags if "hx-post=" in tag[1] and "action=" not in tag[1]]

        self.assertEqual(gets + posts, [])

    def test_every_form_that_posts_carries_the_token(self) -> None:
        for name, text in templates():
            forms = re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
            for form in forms:
                with self.subTest(name):
                    self.assertIn("{% csrf_token %}", form)

    def test_no_style_and_no_code_inside(self) -> None:
        for name, text in templates():
            with self.subTest(name):
                self.assertNotRegex(text, r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:")
                self.assertNotRegex(text, r"<script(?![^>]*\bsrc=)")

    def test_nothing_is_marked_safe(self) -> None:
        for name, text in templates():
            with self.subTest(name):
                self.assertNotRegex(text, r"\|\s*safe\b|autoescape off")

    def test_every_word_can_be_translated(self) -> None:
        for name, text in templates():
            if name == FOR_DEVELOPERS:
                continue
            plain = re.sub(r"{% (blocktranslate|comment).*?{% end\1 %}", "", text, flags=re.DOTALL)
            plain = re.sub(r"{% block on_\w+ %}.*?{% endblock %}", "", plain)
            plain = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", "|", plain, flags=re.DOTALL)
            words = {word.strip() for word in plain.split("|") if re.search(r"[a-z]{3}", word)}
            with self.subTest(name):
                self.assertLessEqual(words, {"Slomix", "· Slomix", "Discord"})

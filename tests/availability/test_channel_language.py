"""What a channel reads is in the community's language, whoever caused it to be written."""

from django.test import override_settings
from django.utils import translation

from availability import posts
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class ChannelLanguageTests(SlomixTestCase):
    def title(self) -> str:
        drawn = posts.draw(posts.key_of(TONIGHT.date()), TONIGHT)
        return str(drawn.extras["embed"]["title"])

    def test_the_post_is_not_in_the_language_of_whoever_is_served(self) -> None:
        make.entry(self.bor)
        with translation.override("sl"):
            self.assertEqual(self.title(), "Friday 20 November, 21:00 CET")

    @override_settings(LANGUAGE_CODE="sl")
    def test_a_slovene_community_has_a_slovene_post(self) -> None:
        make.entry(self.bor)
        with translation.override("en"):
            self.assertEqual(self.title(), "petek, 20. november, ob 21.00 CET")

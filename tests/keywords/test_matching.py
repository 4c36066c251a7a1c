"""Which messages hold a keyword, and how often one is answered."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Guild
from botworker import keywords
from botworker.keywords import Keyword, Replies
from botworker.models import KeywordReply
from tests.cast import TONIGHT, SlomixTestCase

HERE, HALL, SIDE = 11, 21, 22


def keyword(word: str, number: int = 1, guild_id: int = 0) -> Keyword:
    return Keyword(number, guild_id, keywords.pattern(word), f"reply to {word}")


@pytest.mark.parametrize(
    "text",
    ["approved", "APPROVED!", "this is Approved.", "(approved)", "not-approved", "a\napproved"],
)
def test_a_whole_word_is_found_whatever_its_case(text: str) -> None:
    assert keywords.matching([keyword("approved")], text, HERE)


@pytest.mark.parametrize(
    "text", ["", "unapproved", "approvedly", "approved_by", "appr oved", "4approved"]
)
def test_a_piece_of_a_word_is_none(text: str) -> None:
    assert not keywords.matching([keyword("approved")], text, HERE)


def test_our_letters_are_letters() -> None:
    assert keywords.matching([keyword("ČEŠNJA")], "češnja!", HERE)
    assert not keywords.matching([keyword("cin")], "čin cinč", HERE)


def test_signs_in_a_word_are_themselves() -> None:
    assert keywords.matching([keyword("a.c")], "a.c", HERE)
    assert not keywords.matching([keyword("a.c")], "abc", HERE)


def test_one_server_has_its_own() -> None:
    own = keyword("gg", guild_id=HERE)

    assert keywords.matching([own], "gg", HERE)
    assert not keywords.matching([own], "gg", HERE + 1)
    assert not keywords.matching([own], "gg", 0)
    assert keywords.matching([keyword("gg")], "gg", 0)


def test_both_words_of_a_message_are_answered_together() -> None:
    replies = Replies((keyword("gg"), keyword("wp", 2)))

    said = replies.to("gg wp", guild_id=HERE, channel_id=HALL, now=0)

    assert said == "reply to gg\nreply to wp"


def test_a_word_is_not_answered_again_at_once_in_the_same_channel() -> None:
    replies = Replies((keyword("gg"), keyword("wp", 2)))

    def said(text: str, now: float, channel: int = HALL) -> str:
        return replies.to(text, guild_id=HERE, channel_id=channel, now=now)

    assert said("gg", 100)
    assert not said("gg", 109)
    assert said("gg", 109, SIDE)
    assert said("gg wp", 109) == "reply to wp"
    assert said("gg", 110)


class RowTests(SlomixTestCase):
    def test_the_raid_bots_two_are_there_switched_off_and_without_pictures(self) -> None:
        rows = {row.word: row for row in KeywordReply.objects.all()}

        self.assertEqual(set(rows), {"nanomon", "approved"})
        for row in rows.values():
            self.assertFalse(row.is_active)
            self.assertNotIn("http", row.reply)
        self.assertEqual(keywords.active(), ())

    def test_reading_them_costs_one_query_and_a_message_none(self) -> None:
        guild = Guild.objects.create(discord_id=HERE, joined_at=TONIGHT)
        KeywordReply.objects.create(word="gg", reply="well played", guild=guild)

        with self.assertNumQueries(1):
            [found] = keywords.active()
        with self.assertNumQueries(0):
            said = Replies((found,)).to("GG", guild_id=HERE, channel_id=HALL, now=0)
        self.assertEqual(said, "well played")

    def test_a_word_has_one_reply_on_a_server(self) -> None:
        guild = Guild.objects.create(discord_id=HERE, joined_at=TONIGHT)
        for where in (None, guild):
            KeywordReply.objects.create(word="gg", reply="x", guild=where)
            with self.assertRaises(IntegrityError), transaction.atomic():
                KeywordReply.objects.create(word="GG", reply="y", guild=where)

    def test_what_no_word_can_be_is_refused(self) -> None:
        for word in ("", " gg", "gg ", "@everyone", "!", "x" * 65):
            with self.subTest(word), self.assertRaises(ValidationError):
                KeywordReply(word=word, reply="x").full_clean()
        KeywordReply(word="good game", reply="x").full_clean()

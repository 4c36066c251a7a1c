"""What is pressed, chosen and written below the room's post."""

from typing import Any

import pytest

from accounts.models import User
from availability.models import Entry, Status
from planning.rooms.models import Name, Vote
from slomix.lib.bridge import call
from tests import corpus
from tests.bot.commanding import labels
from tests.bot.rooming import DAY, RoomCase

pytestmark = pytest.mark.slow


class PressJourney(RoomCase):
    async def names(self) -> list[str]:
        return await call(lambda: list(Name.objects.order_by("pk").values_list("text", flat=True)))

    async def votes(self) -> dict[int, str]:
        return await call(lambda: dict(Vote.objects.values_list("person", "name__text")))

    async def status(self, who: User) -> str:
        return await call(lambda: Entry.objects.get(person=who, day=DAY).status)

    async def choose(self, who: User, told: dict[str, Any], name: str) -> str:
        """Choose a name in the select below an answer."""
        [select] = told["components"][0]["components"]
        value = next(one["value"] for one in select["options"] if one["label"] == name)
        message = self.answered(who)
        return str(
            (
                await self.standin.choose(
                    who.discord.discord_id, message, select["custom_id"], [value]
                )
            )["content"]
        )

    def answered(self, who: User) -> int:
        """Return the last answer that only somebody sees."""
        posts = self.standin.parts.store.posts.values()
        return [one.id for one in posts if one.only_for == who.discord.discord_id][-1]

    async def test_a_name_is_suggested_in_a_form_and_has_its_vote(self) -> None:
        async with self.night():
            await self.open_with_thread()
            opened = await self.press(self.bor, "suggest")

            told = await self.suggest(self.bor, "Ajdova *četa*")

        self.assertEqual(opened["modal"]["title"], "Suggest a name")
        self.assertEqual(told, "**Suggested: Ajdova \\*četa\\*. It has your vote.**")
        self.assertEqual(await self.votes(), {self.bor.pk: "Ajdova *četa*"})

    async def test_a_name_that_is_there_can_be_voted_for_instead(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await self.suggest(self.ana, "Ajdova")

            told = await self.suggest_whole(self.bor, "AJDOVA")
            voted = await self.press_below(self.bor, told, "Vote")

        self.assertEqual(told["content"], "**Ajdova is already there. Vote for it instead?**")
        self.assertEqual(voted["content"], "**Voted for Ajdova. Vote again to change it.**")
        self.assertEqual(await self.names(), ["Ajdova"])
        self.assertEqual(set(await self.votes()), {self.ana.pk, self.bor.pk})

    async def test_a_vote_is_chosen_from_a_list_changed_and_taken_back(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await self.suggest(self.ana, "Ajdova")
            await self.suggest(self.bor, "Potica")

            list_ = await self.press(self.bor, "vote")
            voted = await self.choose(self.bor, list_, "Ajdova")
            self.assertEqual(voted, "**Voted for Ajdova. Vote again to change it.**")
            self.assertEqual((await self.votes())[self.bor.pk], "Ajdova")
            again = await self.press(self.bor, "vote")
            gone = await self.press_below(self.bor, again, "Take my vote back")

        [select] = again["components"][0]["components"]
        chosen = [one["label"] for one in select["options"] if one.get("default")]
        self.assertEqual(chosen, ["Ajdova"])
        self.assertEqual(gone["content"], "**Your vote is taken back.**")
        self.assertEqual(set(await self.votes()), {self.ana.pk})

    async def test_stepping_out_and_back_in(self) -> None:
        async with self.night():
            await self.open_with_thread()

            out = await self.press(self.bor, "out")
            self.assertEqual(await self.status(self.bor), Status.NOT_PLAYING)
            back = await self.press_below(self.bor, out, "Step back in")

        self.assertEqual(out["content"], "**You stepped out. Your place goes to standby.**")
        self.assertEqual(back["content"], "**You are in.**")
        self.assertEqual(await self.status(self.bor), Status.LOOKING)

    async def test_buttons_work_after_a_restart_and_so_does_an_open_form(self) -> None:
        async with self.night() as there:
            await self.open_with_thread()
            opened = await self.press(self.bor, "suggest")
            await self.stop_bot()
            await self.start_bot()

            told = await there.submit_modal(
                self.bor.discord.discord_id, opened["interaction"], {"name": "Potica"}
            )
            listed = await self.press(self.ana, "vote")

        self.assertIn("Suggested: Potica.", told["content"])
        self.assertEqual(labels({"components": listed["components"][1:]}), ["Suggest a name"])

    async def test_whoever_has_no_player_learns_how_to_get_one(self) -> None:
        async with self.night():
            await self.open_with_thread()
            await self.bring_in(self.cene)

            for deed in ("suggest", "vote", "out"):
                told = await self.press(self.cene, deed)
                self.assertIn("First tell us who you are in the game", told["content"])
                self.assertEqual(labels(told), ["Link my player"])

    async def test_a_made_up_id_is_refused_and_changes_nothing(self) -> None:
        marker = "x" * 22
        async with self.night() as there:
            await self.open_with_thread()
            post, who = int(self.post()["id"]), self.bor.discord.discord_id
            before = await call(self.kept)
            for made_up in (
                f"room:zzz:20261120:{marker}",
                f"room:take:999999:{marker}",
                f"room:for:{10**17}",
                f"room:out:20261119:{marker}",
                "room:balance:2026112000001",
            ):
                told = await there.press(who, post, made_up, forge=True)
                self.assertTrue(told["content"].startswith("**"), made_up)

        self.assertEqual(await call(self.kept), before)

    async def test_yesterdays_post_is_over_but_for_the_same_again(self) -> None:
        async with self.night() as there:
            await self.open_with_thread()
            old = self.id_of("out")
            post, who = int(self.post()["id"]), self.bor.discord.discord_id
            self.go_to_midnight()

            told = await there.press(who, post, old, forge=True)
            await self.until(lambda: self.labels()[0] == "Same again next week")
            again = await self.press(self.bor, "again")

        self.assertIn("**That was Friday 20 November, it is over.**", told["content"])
        self.assertEqual(again["content"], "**Your answer for Friday 27 November: Looking.**")

    def kept(self) -> str:
        """Return what changes with every row of rooms and answers."""
        ours = ("planning_", "availability_")
        return corpus.fingerprint(name for name in corpus.tables() if name.startswith(ours))

    async def suggest_whole(self, who: User, name: str) -> dict[str, Any]:
        opened = await self.press(who, "suggest")
        number = who.discord.discord_id
        return dict(await self.standin.submit_modal(number, opened["interaction"], {"name": name}))


class CorpusJourney(RoomCase):
    async def test_whatever_is_written_as_a_name_becomes_nothing_else(self) -> None:
        async with self.night():
            await self.open_with_thread()
            for text in corpus.TEXTS:
                if not 2 <= len(text) <= 48 or "\ud800" in text:
                    continue  # Discord's own form does not send these
                opened = await self.press(self.bor, "suggest")
                told = await self.standin.submit_modal(
                    self.bor.discord.discord_id, opened["interaction"], {"name": text}
                )
                self.assertTrue(told["content"].startswith("**"), ascii(text))
                self.assertNotIn("our fault", told["content"], ascii(text))

            listed = await self.press(self.bor, "vote")

        self.assertEqual(listed["type"], 5)

"""Who somebody is, by JSON, at /auth."""

from datetime import timedelta
from typing import Any

from accounts import sessions
from accounts.models import DiscordAccount, PlayerAlias, PlayerLink
from tests import make
from tests.api.client import Caller
from tests.cast import SlomixTestCase


class WhoTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.caller = Caller(self.cene)

    def test_visitors_learn_that_they_are_nobody(self) -> None:
        self.assertEqual(Caller().get("/auth/me").status_code, 401)
        self.assertEqual(
            Caller().get("/auth/link/status").json(),
            {"authenticated": False, "discord_linked": False, "player_linked": False},
        )

    def test_everybody_learns_who_they_are(self) -> None:
        found = Caller(self.bor).get("/auth/me").json()

        self.assertEqual(found["id"], str(self.bor.discord.discord_id))
        self.assertEqual(found["linked_player"]["name"], "Bazooka Bor")

    def test_a_link_is_seen_at_every_door_at_once(self) -> None:
        """W26: whoever linked in Discord was not linked here until the next sign-in."""
        player = make.player("Cene")

        answer = self.caller.post("/auth/link", {"player_guid": player.guid})

        self.assertEqual(answer.json()["linked_player"]["proof"], "claimed")
        status = self.caller.get("/auth/link/status").json()
        self.assertEqual((status["player_linked"], status["linked_player"]["name"]), (True, "Cene"))

    def test_what_is_linked_is_a_player_of_ours_under_its_own_name(self) -> None:
        """W7: any id and any name, markup included, could be linked."""
        for guid in ("nobody", "", "\0", "x" * 5000, "<b>"):
            with self.subTest(guid[:9]):
                answer = self.caller.post("/auth/link", {"player_guid": guid})
                self.assertEqual(answer.status_code, 400)
        player = make.player("Cene")

        body = {"player_guid": player.guid, "player_name": "<script>alert(1)</script>"}
        answer = self.caller.post("/auth/link", body)

        self.assertEqual(answer.json()["linked_player"]["name"], "Cene")

    def test_anothers_player_is_a_conflict(self) -> None:
        answer = self.caller.post("/auth/link", {"player_guid": self.bor.link.player.guid})

        self.assertEqual(answer.status_code, 409)
        self.assertEqual(PlayerLink.objects.get(player=self.bor.link.player).user, self.bor)

    def test_unlinking_leaves_no_right_behind(self) -> None:
        """W26: a cookie kept the right to answer for a day."""
        caller = Caller(self.bor)
        self.assertEqual(self.delete(caller, "/auth/link").status_code, 200)

        answer = caller.post("/api/availability", {"date": "2026-11-20", "status": "LOOKING"})

        self.assertEqual(answer.status_code, 403)
        self.assertEqual(self.delete(caller, "/auth/link").status_code, 400)

    def test_discord_is_unlinked_by_whoever_just_signed_in(self) -> None:
        caller = Caller(self.bor)
        self.assertEqual(caller.post("/auth/discord/unlink", {}).status_code, 403)
        session = caller.client.session
        session[sessions.SIGNED_IN_AT] = (self.now - timedelta(minutes=9)).timestamp()
        session.save()

        answer = caller.post("/auth/discord/unlink", {})

        self.assertEqual(answer.json(), {"success": True, "redirect_url": "/"})
        self.assertFalse(DiscordAccount.objects.filter(user=self.bor).exists())
        self.assertEqual(caller.get("/auth/me").status_code, 401)

    def test_a_search_takes_two_letters_and_thirty_a_minute(self) -> None:
        make.player("^1Žab^7ar")
        self.assertEqual(self.search("z").status_code, 400)

        (found,) = self.search("zaba").json()["players"]

        self.assertEqual((found["clean_name"], found["taken"]), ("Žabar", False))
        codes = [self.search("zaba").status_code for _n in range(29)]
        self.assertEqual((codes[27], codes[28]), (200, 429))
        self.travel("19:31")
        self.assertEqual(self.search("zaba").status_code, 200)

    def search(self, text: str) -> Any:
        return self.caller.get("/auth/players/search", q=text)

    def test_suggestions_say_whether_they_are_sure(self) -> None:
        make.player("Cene")
        make.player("Cenetov brat")

        found = self.caller.get("/auth/players/suggestions").json()

        self.assertEqual((len(found["suggestions"]), found["ambiguous"]), (2, True))

    def test_a_name_is_custom_or_seen_or_the_players(self) -> None:
        PlayerAlias.objects.create(player=self.bor.link.player, name="BorBor")
        caller = Caller(self.bor)
        self.assertEqual(
            caller.get("/auth/account/aliases").json()["aliases"], ["Bazooka Bor", "BorBor"]
        )
        for body, name in (
            ({"action": "custom", "name": "**Borči**"}, "Borči"),
            ({"action": "alias", "name": "BorBor"}, "BorBor"),
            ({"action": "reset"}, "Bazooka Bor"),
        ):
            with self.subTest(body):
                answer = caller.post("/auth/account/display-name", body)
                self.assertEqual(answer.json()["display_name"], name)
        for body in ({"action": "alias", "name": "Rocket"}, {"action": "custom", "name": "**"}):
            self.assertEqual(caller.post("/auth/account/display-name", body).status_code, 400)

    def test_nothing_is_changed_without_the_token(self) -> None:
        for path in ("/auth/link", "/auth/discord/unlink", "/auth/account/display-name"):
            for headers in ({"X-CSRFToken": ""}, {"X-Requested-With": ""}):
                with self.subTest(path, **headers):
                    self.assertEqual(self.caller.post(path, {}, **headers).status_code, 403)

    def delete(self, caller: Caller, path: str) -> Any:
        headers = {"X-CSRFToken": caller.token, "X-Requested-With": "XMLHttpRequest"}
        return caller.client.delete(path, headers=headers)

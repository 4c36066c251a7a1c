"""Players come in from a file: all of it or nothing."""

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command
from django.test import TestCase

from accounts.models import Player

HEAD = "guid,name,aliases,rating,discord_id\n"


class ImportCase(TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(TemporaryDirectory()))

    def bring(self, text: str, name: str = "players.csv", *words: str) -> str:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        said = StringIO()
        call_command("import_players", str(file), *words, stdout=said)
        return said.getvalue().strip()

    def refused(self, text: str, name: str = "players.csv") -> str:
        before = list(Player.objects.values_list("guid", "name"))
        with self.assertRaises(CommandError) as refusal:
            self.bring(text, name)
        self.assertEqual(list(Player.objects.values_list("guid", "name")), before)
        self.assertEqual(refusal.exception.returncode, 1)
        return str(refusal.exception)


class ImportTests(ImportCase):
    def test_a_csv_brings_names_aliases_rating_and_account(self) -> None:
        said = self.bring(HEAD + "4F19C2,Jazbec,^1Jaz^7bec;badger.si,880.5,200000000000000001\n")

        player = Player.objects.get()
        self.assertEqual(said, "1 added, 0 changed, 0 already so.")
        self.assertEqual((player.guid, player.name, player.rating), ("4F19C2", "Jazbec", 880.5))
        self.assertEqual(player.imported_discord_id, 200_000_000_000_000_001)
        self.assertEqual(
            {alias.name for alias in player.aliases.all()}, {"^1Jaz^7bec", "badger.si"}
        )

    def test_a_dry_run_says_what_would_come_and_changes_nothing(self) -> None:
        said = json.loads(self.bring(HEAD + "4F19C2,Jazbec,,,\n", "a.csv", "--dry-run", "--json"))

        self.assertEqual(said, {"added": 1, "changed": 0, "same": 0, "dry_run": True})
        self.assertFalse(Player.objects.exists())

    def test_json_does_the_same(self) -> None:
        rows = [{"guid": "AB12", "name": "Žabar", "aliases": ["frog"], "rating": None}]

        self.bring(json.dumps(rows), "players.json")

        self.assertEqual(Player.objects.get().aliases.get().name, "frog")

    def test_a_second_time_changes_nothing(self) -> None:
        text = HEAD + "4F19C2,Jazbec,badger.si,880,\n"
        self.bring(text)

        self.assertEqual(self.bring(text), "0 added, 0 changed, 1 already so.")

    def test_a_new_name_updates_and_old_aliases_stay(self) -> None:
        self.bring(HEAD + "4F19C2,Jazbec,badger.si,880,\n")

        said = self.bring(HEAD + "4f19c2,Jazbec II,brock,900,\n")

        player = Player.objects.get()
        self.assertEqual(said, "0 added, 1 changed, 0 already so.")
        self.assertEqual((player.name, player.rating), ("Jazbec II", 900))
        self.assertEqual({alias.name for alias in player.aliases.all()}, {"badger.si", "brock"})

    def test_an_excel_file_with_a_mark_in_front_is_read(self) -> None:
        self.bring("\ufeff" + HEAD + "4F19C2,Jazbec,,,\n")

        self.assertEqual(Player.objects.get().name, "Jazbec")

    def test_names_stay_as_they_are(self) -> None:
        self.bring(HEAD + "4F19C2,<script>alert(1)</script>,@everyone;صقر,,\n")

        self.assertEqual(Player.objects.get().name, "<script>alert(1)</script>")


class RefusalTests(ImportCase):
    def test_every_bad_row_is_named_by_its_line(self) -> None:
        text = HEAD + (
            "4F19C2,Jazbec,,880,\n"
            "x,Short guid,,,\n"
            "AAAA,,,,\n"
            "BBBB,Bor,,nine,\n"
            "CCCC,Cene,,,12\n"
            "DDDD,Dora,,nan,\n"
        )

        said = self.refused(text)

        self.assertIn("line 3: guid must be 4 to 32", said)
        self.assertIn("line 4: name is missing", said)
        self.assertIn("line 5: rating is “nine”", said)
        self.assertIn("line 6: discord_id must be 17 to 20 figures", said)
        self.assertIn("line 7: rating must be a finite number", said)
        self.assertNotIn("line 2:", said)

    def test_a_guid_twice_is_refused(self) -> None:
        said = self.refused(HEAD + "AAAA,Ana,,,\naaaa,Ana again,,,\n")

        self.assertIn("guid AAAA stands in the file twice", said)

    def test_a_row_with_too_much_in_it_is_refused(self) -> None:
        self.assertIn("line 2", self.refused(HEAD + "AAAA,Ana,,,,and,more\n"))

    def test_other_columns_are_refused(self) -> None:
        self.assertIn("the columns must be", self.refused("id,nick\n1,Ana\n"))
        self.assertIn("unknown column elo", self.refused("guid,name,elo\nAAAA,Ana,5\n"))

    def test_what_is_no_list_of_players_is_refused(self) -> None:
        for text in ("{", '{"guid": "AAAA"}', "[1]", '[["AAAA"]]', '[{"guid": 5, "name": []}]'):
            with self.subTest(text):
                self.refused(text, "players.json")

    def test_other_files_are_refused(self) -> None:
        self.assertIn(".csv or .json", self.refused("", "players.xlsx"))
        with self.assertRaisesRegex(CommandError, "cannot be read"):
            call_command("import_players", str(self.folder / "missing.csv"))
        (self.folder / "bytes.csv").write_bytes(b"\xff\xfe\x00")
        with self.assertRaisesRegex(CommandError, "cannot be read"):
            call_command("import_players", str(self.folder / "bytes.csv"))

    def test_a_name_with_control_characters_is_refused(self) -> None:
        self.assertIn("control character", self.refused(HEAD + "AAAA,An\x07a,,,\n"))

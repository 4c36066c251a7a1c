"""How far the import is, on a terminal; elsewhere the report stands alone."""

from io import StringIO

from django.core.management import call_command

from tests.cast import SlomixTestCase
from tests.raids.old_bot import OnSqlite


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class ProgressTests(OnSqlite, SlomixTestCase):
    def test_a_terminal_shows_how_far_it_is(self) -> None:
        there, said = Terminal(), StringIO()

        call_command("import_raid_bot", self.url, stdout=said, stderr=there)

        self.assertRegex(there.getvalue(), r"people: \[#+\] 3 of 3")
        self.assertRegex(there.getvalue(), r"raids that ended: \[#+\] 5 of 5")
        self.assertNotIn("3 of 3", said.getvalue())

    def test_a_file_gets_the_report_alone(self) -> None:
        there = StringIO()

        call_command("import_raid_bot", self.url, stdout=StringIO(), stderr=there)

        self.assertEqual(there.getvalue(), "")

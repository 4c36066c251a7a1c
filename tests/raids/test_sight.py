"""Who sees what of a server's raids on the site: a table. Pure."""

from django.test import SimpleTestCase

from planning.raids import policy
from planning.raids.policy import Sight, Viewer

HERE, ELSEWHERE = 1, 2
MET = frozenset({HERE})
# At home: what is seen, whether they vote; then on another server.
TABLE = {
    "a visitor": (Viewer(), Sight.COUNTS, False, Sight.NOTHING, False),
    "Discord alone": (Viewer(5), Sight.COUNTS, False, Sight.NOTHING, False),
    "Discord alone, met": (Viewer(5, known=MET), Sight.COUNTS, True, Sight.COUNTS, True),
    "a player": (Viewer(5, linked=True), Sight.NAMES, True, Sight.NOTHING, False),
    "a player, met": (Viewer(5, linked=True, known=MET), Sight.NAMES, True, Sight.NAMES, True),
    "an admin": (Viewer(5, admin=True), Sight.COUNTS, False, Sight.COUNTS, False),
    "an admin who plays": (
        *(Viewer(5, linked=True, admin=True), Sight.NAMES, True, Sight.NAMES, False),
    ),
}


class SightTests(SimpleTestCase):
    def test_the_table(self) -> None:
        for who, (viewer, *wanted) in TABLE.items():
            with self.subTest(who):
                found = [
                    one
                    for home in (True, False)
                    for one in (
                        policy.sight(viewer, HERE, home=home),
                        policy.takes_part(viewer, HERE, home=home),
                    )
                ]

                self.assertEqual(found, wanted)

    def test_having_been_met_on_one_server_is_nothing_on_another(self) -> None:
        viewer = Viewer(5, linked=True, known=MET)

        self.assertIs(policy.sight(viewer, ELSEWHERE, home=False), Sight.NOTHING)
        self.assertFalse(policy.takes_part(viewer, ELSEWHERE, home=False))

"""What people write is understood, and what is not is named."""

from datetime import date, time, timedelta

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from availability import grammar
from availability.grammar import Meant, Mistake, Verb, Wrong
from availability.models import Status

FRIDAY = date(2026, 11, 20)
L, A, M, N = Status.LOOKING, Status.AVAILABLE, Status.MAYBE, Status.NOT_PLAYING
# As the first Slomix documented them, and as the message book does.
ANSWERS = {
    L: ("LOOKING", "LOOKING_TO_PLAY", "looking to play", "L", "iščem", "Iščem igro"),
    A: ("AVAILABLE", "A", "lahko", "Lahko pridem"),
    M: ("MAYBE", "TENTATIVE", "M", "morda", "mogoče"),
    N: ("NOT_PLAYING", "NOTPLAYING", "not-playing", "NO", "N", "ne", "Ne igram", "ne morem"),
}
REMOVALS = ("REMOVE", "DELETE", "CLEAR", "UNSET", "NONE", "počisti", "izbriši", "odstrani")
DAYS = {
    0: ("today", "tonight", "danes", "nocoj", "friday", "petek", "v petek", "2026-11-20"),
    1: ("tomorrow", "jutri", "Saturday", "sobota", "v soboto", "21.11.", "21. 11.", "za jutri"),
    2: ("pojutrišnjem", "nedelja", "on Sunday", "22.11.2026", "22. 11. 2026", "22.11"),
    3: ("monday", "ponedeljek", "Monday 23 November", "23. november", "November 23 2026"),
    4: ("2026-11-24", "torek", "Torek, 24. novembra", "24. 11. 2026", "24 Nov", "24.11.2026"),
    5: ("wednesday", "sreda", "v sredo"),
    6: ("thursday", "četrtek", "CET"),
}
ALONE = {
    Verb.IN: ("IN", "I’m in", "PRIDEM"),
    Verb.LATE: ("LATE", "10 min late", "Zamujam", "Zamujam 10 min"),
    Verb.NO: ("NO", "NE", "Can’t make it", "Ne morem", "no thanks"),
    Verb.STOP: ("STOP", "/stop", "konec"),
    Verb.RESUME: ("remind me again", "Spet me opominjaj"),
    Verb.LEAVE: ("Leave it", "Ostane tako"),
    Verb.NO_DAILY: ("STOP DAILY", "Stop asking me daily", "Ne sprašuj me več vsak dan"),
    Verb.DAILY: ("ASK DAILY", "Ask me again", "Spet me sprašuj"),
    Verb.STATUS: ("status", "/avail status", "!avail status", "stanje"),
    Verb.HELP: ("help", "/help", "pomoč", "pomoc"),
    Verb.UNDO: ("undo", "razveljavi"),
}


def read(text: str) -> Meant | Mistake:
    return grammar.parse(text, today=FRIDAY)


def sentences() -> list[tuple[str, Meant]]:
    """Every documented sentence, in both orders and with every sign before it."""
    found = []
    for ahead, days in DAYS.items():
        day = FRIDAY + timedelta(days=ahead)
        for text in days:
            for status, names in ANSWERS.items():
                found += [((text, name), Meant(Verb.ANSWER, day, status)) for name in names]
            found += [((text, name), Meant(Verb.CLEAR, day)) for name in REMOVALS]
    both = [(f"{one} {two}", meant) for (one, two), meant in found]
    both += [(f"{two} {one}", meant) for (one, two), meant in found]
    return both + [(name, Meant(verb)) for verb, names in ALONE.items() for name in names]


SENTENCES = sentences()
OUR_WORDS = " ".join(text for text, _meant in SENTENCES[::40]).split()


class UnderstoodTests(SimpleTestCase):
    def test_every_documented_sentence_is_understood(self) -> None:
        for text, meant in SENTENCES:
            for sign in ("", "/", "!") if text[0].isalpha() else ("",):
                with self.subTest(sign + text):
                    self.assertEqual(read(sign + text), meant)

    def test_the_old_commands_are_understood(self) -> None:
        tomorrow = FRIDAY + timedelta(days=1)
        for text, meant in {
            "!avail 2026-11-24 looking to play": Meant(Verb.ANSWER, date(2026, 11, 24), L),
            "/avail remove tomorrow": Meant(Verb.CLEAR, tomorrow),
            "avail tomorrow REMOVE": Meant(Verb.CLEAR, tomorrow),
            "/today L": Meant(Verb.ANSWER, FRIDAY, L),
            "/tomorrow@slomix_bot maybe": Meant(Verb.ANSWER, tomorrow, M),
            "/today": Meant(Verb.STATUS, FRIDAY),
        }.items():
            with self.subTest(text):
                self.assertEqual(read(text), meant)

    def test_an_answer_alone_names_no_day_and_a_bare_no_answers_a_reminder(self) -> None:
        self.assertEqual(read("looking"), Meant(Verb.ANSWER, None, L))
        self.assertEqual(read("no"), Meant(Verb.NO))
        self.assertEqual(read("/avail no"), Meant(Verb.ANSWER, None, N))
        self.assertEqual(read("počisti"), Meant(Verb.CLEAR))

    def test_a_day_may_stand_beside_the_words_for_a_reminder(self) -> None:
        self.assertEqual(read("stop tonight"), Meant(Verb.STOP, FRIDAY))
        self.assertEqual(read("jutri pridem"), Meant(Verb.IN, FRIDAY + timedelta(days=1)))

    def test_an_answer_may_begin_later(self) -> None:
        later = Meant(Verb.ANSWER, FRIDAY, L, time(21, 30))
        for text in (
            "tonight looking from 21:30",
            "looking from 21.30 tonight",
            "danes od 21.30 iščem",
            "nocoj iščem igro, od 21h30",
        ):
            with self.subTest(text):
                self.assertEqual(read(text), later)
        self.assertEqual(read("IN from 22h"), Meant(Verb.IN, start=time(22)))

    def test_a_date_without_a_year_is_the_nearest_one(self) -> None:
        for text, day in {
            "19.11. no": date(2026, 11, 19),
            "2. 1. no": date(2027, 1, 2),
            "30 December no": date(2026, 12, 30),
        }.items():
            with self.subTest(text):
                self.assertEqual(read(text), Meant(Verb.ANSWER, day, N))
        new_year = grammar.parse("30.12. ne", today=date(2027, 1, 2))
        self.assertEqual(new_year, Meant(Verb.ANSWER, date(2026, 12, 30), N))

    def test_every_weekday_is_the_next_one_on_every_day_of_the_week(self) -> None:
        for ahead in range(7):
            today = FRIDAY + timedelta(days=ahead)
            found = [grammar.day_of(word, today=today) for word in ("monday", "petek", "sun")]

            self.assertEqual([day.weekday() for day in found if day], [0, 4, 6])
            self.assertTrue(all(day and 0 <= (day - today).days < 7 for day in found))


class NotUnderstoodTests(SimpleTestCase):
    def test_it_says_what_is_wrong(self) -> None:
        for text, mistake in {
            "2026-02-29 looking": Mistake(Wrong.DAY, "2026-02-29"),
            "no 29. 2. 2026": Mistake(Wrong.DAY, "29. 2. 2026"),
            "Fryday maybe": Mistake(Wrong.DAY, "Fryday"),
            "Monday 24 November no": Mistake(Wrong.DAY, "Monday 24 November no"),
            "tonight Perhaps": Mistake(Wrong.STATUS, "Perhaps"),
            "/avail tomorrow 🎮": Mistake(Wrong.STATUS, "🎮"),
            "/avail perhaps": Mistake(Wrong.STATUS, "perhaps"),
            "tonight looking from 25:00": Mistake(Wrong.TIME, "25:00"),
            "tonight looking from 9pm": Mistake(Wrong.TIME, "9pm"),
        }.items():
            with self.subTest(text):
                self.assertEqual(read(text), mistake)

    def test_talk_is_no_answer(self) -> None:
        for text in (
            *("", "   ", "hello there", "no problem, see you", "in a minute", "🎮", "\u202eon"),
            *("avail", "from 21:30", "tonight no from 21:30", "status from 22", "a b c"),
            "looking " * 500,
        ):
            with self.subTest(text[:30]):
                self.assertEqual(read(text), Mistake(Wrong.UNKNOWN, text.strip()))


def dressed(text: str, bits: list[bool]) -> str:
    """The same words in other letters: capitals, carons, spaces and punctuation around them."""
    carons = {"c": "č", "s": "š", "z": "ž"}
    letters = []
    for one, capital in zip(text, bits * len(text), strict=False):
        letters.append(one.upper() if capital else carons.get(one, one))
    return "  " + "".join(letters).replace(" ", " \n ") + " !"


BITS = st.lists(st.booleans(), min_size=1, max_size=9)
SIGNS = (
    "from",
    "od",
    "21:30",
    "24.",
    "24.11.",
    "2026",
    "-",
    "@bot",
    "29.2.",
    "’",
    "/",
    "!",
    "99.99.",
)


def mixtures() -> st.SearchStrategy[str]:
    """Our own words and the signs of days and times, in any order."""
    return st.lists(st.sampled_from((*OUR_WORDS, *SIGNS)), max_size=9).map(" ".join)


def check(text: str, today: date, bits: list[bool]) -> None:
    """A text gets an answer, and the same one in other letters and spaces; else AssertionError."""
    found = grammar.parse(text, today=today)
    again = grammar.parse(dressed(text, bits), today=today)
    if isinstance(found, Meant):
        assert again == found, text
        assert bool(found.status) is (found.verb is Verb.ANSWER), text
    else:
        assert isinstance(again, Mistake), text
        assert again.wrong is found.wrong, text
        assert len(found.text) <= len(text), text


class FuzzTests(SimpleTestCase):
    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(st.text(max_size=120), st.dates(date(1, 1, 1), date(9999, 12, 31)))
    def test_no_text_and_no_date_ends_in_an_error(self, text: str, today: date) -> None:
        found = grammar.parse(text, today=today)

        self.assertIsInstance(found, Meant | Mistake)
        self.assertEqual(grammar.parse(f" {text}\n", today=today), found)

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(mixtures(), st.dates(), BITS)
    def test_any_mixture_of_our_words_gets_the_same_answer_however_it_is_written(
        self, text: str, today: date, bits: list[bool]
    ) -> None:
        check(text, today, bits)

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(st.sampled_from(SENTENCES), BITS)
    def test_case_spaces_and_carons_change_nothing(
        self, sentence: tuple[str, Meant], bits: list[bool]
    ) -> None:
        text, meant = sentence

        self.assertEqual(read(dressed(text, bits)), meant)

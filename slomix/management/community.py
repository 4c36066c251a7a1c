"""The demo's people: a club from Ljubljana with friends elsewhere. Plain data, no rows."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

GUILD_ID = 1_098_115_200_337_412_096
APPLICATION_ID = 1_098_117_716_001_062_912
GAME_NIGHT_ID = 1_098_116_458_812_932_096
TELEGRAM_ID = 7_000_000_000
# Ofcom keeps this one for drama.
SIGNAL_NUMBER = "+447700900999"
NOCOJ_ID = 1_098_116_459_156_865_024
RAIDS_ID = 1_098_116_459_500_797_952
RAID_SLOTS_ID = 1_098_116_459_593_072_640
RAID_LIST_ID = 1_098_116_459_685_347_328
VOICE_IDS = {"Briefing": 1_098_116_460_002_050_048, "Axis": 1_098_116_460_345_982_976,
             "Allies": 1_098_116_460_689_915_904, "AFK": 1_098_116_461_033_848_832}  # fmt: skip

# One letter a day: Looking, Available, Maybe, Not playing; a dot: no answer.
STATUSES = {"L": "LOOKING", "A": "AVAILABLE", "M": "MAYBE", "N": "NOT_PLAYING"}


@dataclass(frozen=True)
class Member:
    """Somebody of the club, with their Discord account, player, habits and wishes."""

    name: str
    username: str
    # What they said for the first evening, and what they usually say from Monday to Sunday.
    tonight: str = "."
    week: str = "......."
    # The player they are; one who is not linked yet may find it unclaimed.
    player: str = ""
    aliases: tuple[str, ...] = ()
    rating: float | None = None
    linked: bool = True
    promoter: bool = False
    # None: nobody has asked them yet.
    reminded: bool | None = True
    quiet: tuple[str, str] | None = None
    timezone: str = "Europe/Ljubljana"
    face: str | None = None
    dms_closed: bool = False
    note: str = ""

    @property
    def discord_id(self) -> int:
        """The Discord id, made of the place in the list."""
        return 184_405_311_681_986_560 + (MEMBERS.index(self) + 1) * 7_340_032_000_333_171

    @property
    def guid(self) -> str:
        """The player's id on the game server, likewise."""
        return sha256(self.username.encode()).hexdigest()[:32].upper()

    @property
    def player_name(self) -> str:
        """What the game server calls them."""
        return self.player or self.name

    @property
    def persona(self) -> str:
        """How the consent page introduces them."""
        roles = ["promoter"] if self.promoter else []
        roles.append("linked" if self.linked else "not linked yet")
        roles += ["direct messages closed"] if self.dms_closed else []
        return ", ".join([*roles, *([self.note] if self.note else [])])


MEMBERS: list[Member] = [
    Member("Jazbec", "jazbec_bor", ".", "LA.LLA.", aliases=("^1Jaz^7bec", "jzb"), rating=1.42,
           promoter=True, reminded=None, face="badger", note="calls the others"),
    Member("Ana Dinamit", "ana.dinamit", "A", "A.LALL.", aliases=("^3Ana^1Dinamit", "TNT-ana"),
           rating=1.31, promoter=True, note="plants everything"),
    Member("Čmrlj", "cmrlj", "L", "LLALLAM", aliases=("^3c^0m^3r^0l^3j",), rating=1.08, face="bee"),
    Member("Žabar", "zabar_", "L", "..M.LLL", aliases=("^2ZABAR", "kvak"), rating=0.94,
           face="frog", note="plays every Friday"),
    Member("p0lnočni", "p0lnocni", "L", "LLL.L.A", aliases=("^4p0ln^7ocni",), rating=1.55,
           quiet=("00:30", "08:00"), face="moon"),
    Member("n00dl3", "n00dl3", "A", "ALA.MA.", aliases=("^5n^700^5dl^73",), rating=0.71,
           quiet=("19:00", "20:50"), note="puts the kids to bed until 20:50"),
    Member("FieldOps Fani", "fani.fieldops", "A", "A.AAL..", aliases=("^6Fani", "airstrike!"),
           rating=1.02),
    Member("Raca na vodi", "raca_na_vodi", "M", ".AALAL.", aliases=("^4raca",), rating=0.88,
           face="duck"),
    Member("Lojze73", "lojze73", "A", "LAALLMA", aliases=("^1L^7O^1J^7Z^1E",), rating=0.97,
           face="mug", dms_closed=True),
    Member("panzerknjigovodja", "panzerknjigovodja", ".", "M.A.AL.", aliases=("^0panzer^7kn",),
           rating=1.21, quiet=("22:30", "06:30")),
    Member("ŠtefK", "stefk", "M", "A.M.LA.", aliases=("^7stef^1K", "stefke"), rating=1.17,
           timezone="Europe/London", quiet=("22:00", "07:00"), note="in London"),
    Member("Bazooka Bor", "bazooka.bor", "M", ".M.AMLL", aliases=("^1bazooka^7BOR",), rating=1.36,
           timezone="America/New_York", quiet=("09:00", "14:30"), note="in New York, still at work"),
    Member("صقر الليل", "saqr_allayl", "L", "L..LALM", player="saqr",
           aliases=("^2saqr^7.night",), rating=1.29, timezone="Asia/Dubai", reminded=False,
           note="plays without reminders"),
    Member("Vesna.exe", "vesna.exe", "M", "AM.MAL.", aliases=("^5vesna^7.exe",), rating=0.83),
    Member("dr.Defib", "dr.defib", "A", "NNALLA.", aliases=("^1+^7dr.Defib^1+", "syringe"),
           rating=1.11, quiet=("23:00", "05:00"), note="night shifts"),
    Member("mrzla.malca", "mrzla.malca", "N", "N.N.ANN", aliases=("^4mrzla",), rating=0.65,
           reminded=False),
    Member("Sangeeta", "sangeeta.k", "A", ".A.AL.M", player="sangeeta", aliases=("^3sang^7eeta",),
           rating=1.04, timezone="Asia/Kolkata", quiet=("23:00", "07:30"), note="in Kolkata"),
    Member("Goldrush Gregor", "goldrush_gregor", "N", "MNANAL.", aliases=("^3GOLD^7rush",),
           rating=0.99),
    Member("Jazbečar", "jazbecar", ".", "..A.LM.", aliases=("^1jazbecar",), rating=0.58,
           reminded=None),
    Member("Fuel Dump Franc", "fueldump.franc", "M", "A..ALLN", aliases=("^7fd^1franc", "fd|f"),
           rating=0.92),
    Member("the_artist_formerly_known_as_Sgt_Pepperoni_von_Šmarje", "sgt_pepperoni",
           player="SgtPepperoni", aliases=("^1Sgt^3Pepperoni",), rating=0.77, linked=False),
    Member("Hrošč", "hrosc", player="hrosc", aliases=("^2hrosc", "brum"), rating=0.86,
           linked=False),
    Member("Tihotapec", "tihotapec", player="tihotapec", aliases=("^0tiho^7tapec", "covertops"),
           rating=1.23, linked=False),
    Member("Mlada Smreka", "mlada.smreka", player="smreka", aliases=("^2smreka",), linked=False,
           note="new in the club"),
]  # fmt: skip


def promoter() -> Member:
    """Return whoever calls the others in the demo."""
    return MEMBERS[0]


def world(
    *, client_secret: str, token: str, callback: str, telegram_token: str = ""
) -> dict[str, Any]:
    """Describe the club as the local Discord is told it."""
    return {
        "application": {
            "id": str(APPLICATION_ID),
            "name": "Slomix",
            "client_secret": client_secret,
            "token": token,
            "signal_number": SIGNAL_NUMBER,
            **({"telegram_token": telegram_token} if telegram_token else {}),
        },
        "guild": {
            "id": str(GUILD_ID),
            "name": "Slovenia ET",
            "channels": _channels(),
            "afk_channel": str(VOICE_IDS["AFK"]),
        },
        "people": [_person(member) for member in MEMBERS],
        "redirect_uris": [callback],
    }


def _channels() -> list[dict[str, Any]]:
    text = {
        "game-night": GAME_NIGHT_ID,
        "nocoj": NOCOJ_ID,
        "raids": RAIDS_ID,
        "raid-slots": RAID_SLOTS_ID,
        "raid-list": RAID_LIST_ID,
    }
    return [
        *({"id": str(number), "name": name, "type": 0} for name, number in text.items()),
        *({"id": str(number), "name": name, "type": 2} for name, number in VOICE_IDS.items()),
    ]


def _person(member: Member) -> dict[str, Any]:
    return {
        "id": str(member.discord_id),
        "username": member.username,
        "global_name": member.name[:64],
        "avatar": member.face,
        "note": member.persona,
        "dms_closed": member.dms_closed,
    }

"""Every page of the site in every state that matters, as somebody would come upon it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.browser import club
from tests.browser.club import JAZBEC, MLADA, PEPPERONI, VESNA, Facts

SAVE = "#preferences button.first"
Arrange = Callable[[], Facts | None]


@dataclass(frozen=True)
class Scene:
    """One page in one state: who opens which address when, and what was so before."""

    name: str
    path: str
    who: str = ""  # nobody is signed in
    so: tuple[Arrange, ...] = ()
    at: str = "20:31"
    status: int = 200
    then: tuple[Arrange, ...] = ()  # what happens while the page is open
    # What is done before we look: (what,) is pressed, (where, text) is written.
    do: tuple[tuple[str, ...], ...] = ()


# fmt: off
VISITORS: Final = (
    Scene("tonight-visitor", "/"),
    Scene("tonight-visitor-empty", "/", so=(club.nobody_answered,)),
    Scene("sign-in", "/accounts/sign-in/"),
    Scene("sign-in-no", "/accounts/discord/login/callback/?error=access_denied", status=400),
    Scene("404", "/nowhere/", status=404),
    Scene("400", "/unclear/", status=400),
    Scene("500", "/trips/", status=500),
)
NEWCOMERS: Final = (
    Scene("tonight-not-linked", "/", MLADA),
    Scene("link", "/link/", MLADA),
    Scene("link-found", "/link/?q=ja", MLADA),
    Scene("link-nobody", "/link/?q=nobodyatall", MLADA),
    Scene("link-short", "/link/?q=x", MLADA),
    Scene("link-long-name", "/link/", PEPPERONI),
    Scene("link-taken", "/link/", MLADA, then=(club.somebody_was_quicker,), do=(("#choose .people button",),)),
    Scene("linked", "/link/done/", MLADA, (club.smreka_chose,)),
    Scene("you-not-linked", "/you/", MLADA),
)
PLAYERS: Final = (
    Scene("tonight", "/", JAZBEC, (club.jazbec_looks, club.jazbec_was_asked, club.called), at="20:31"),
    Scene("tonight-quiet", "/", JAZBEC, at="19:30"),
    Scene("tonight-asks", "/", JAZBEC, (club.jazbec_looks,)),
    Scene("tonight-thanks", "/", JAZBEC, (club.jazbec_looks,), do=(("#ask [value=discord]",),)),
    Scene("tonight-empty", "/", VESNA, (club.nobody_answered,), at="18:05"),
    Scene("tonight-on", "/", VESNA, (club.six_look,)),
    Scene("tonight-full", "/", JAZBEC, (club.all_look,), at="21:12"),
    Scene("tonight-sixty", "/?day=2026-11-21", JAZBEC, (club.sixty_more,)),
    Scene("tonight-calendar", "/?day=2026-11-24", JAZBEC),
    Scene("tonight-another-zone", "/", club.BOR),
    Scene("tonight-reached", "/", JAZBEC, (club.called, club.reminded), at="20:46"),
    Scene("you", "/you/", club.STEFK),
    Scene("you-new", "/you/", VESNA),
    Scene("you-quiet-then", "/you/", club.SANGEETA),
    Scene("you-saved", "/you/", VESNA, do=((SAVE,),)),
    Scene("you-wrong", "/you/", VESNA, do=(("#quiet_start", "25:00"), (SAVE,))),
    Scene("you-refused", "/you/", club.LOJZE, (club.discord_refused,)),
    Scene("you-long-name", "/you/", PEPPERONI),
    Scene("403", "/promote/", VESNA, status=403),
)
PROMOTERS: Final = (
    Scene("promote", "/promote/", JAZBEC, (club.jazbec_looks, club.jazbec_was_asked)),
    Scene("promote-dry", "/promote/?chosen=1&dry_run=on", JAZBEC),
    Scene("promote-nobody", "/promote/", JAZBEC, (club.nobody_answered,)),
    Scene("promote-late", "/promote/", JAZBEC, at="22:30"),
    Scene("promote-again", "/promote/", club.ANA, (club.called,)),
    Scene("promote-sixty", "/promote/", JAZBEC, (club.sixty_more,)),
    Scene("call-waiting", "/calls/{call}/", JAZBEC, (club.called,), at="20:32"),
    Scene("call-running", "/calls/{call}/", JAZBEC, (club.called, club.reminded), at="20:46"),
    Scene("call-done", "/calls/{call}/", JAZBEC, (club.called, club.reminded, club.started), at="21:13"),
    Scene("call-off", "/calls/{call}/", JAZBEC, (club.called, club.reminded, club.cancelled), at="20:48"),
    Scene("call-dry", "/calls/{call}/", JAZBEC, (club.rehearsed,)),
    Scene("call-sixty", "/calls/{call}/", JAZBEC, (club.sixty_more, club.called)),
    Scene("parts", "/parts/", club.ADMIN),
)
# fmt: on
SCENES: Final = (*VISITORS, *NEWCOMERS, *PLAYERS, *PROMOTERS)
BY_NAME: Final = {scene.name: scene for scene in SCENES}

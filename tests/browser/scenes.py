"""Every page of the site in every state that matters, as somebody would come upon it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tests.browser import club, contacts, standing
from tests.browser.club import JAZBEC, MLADA, PEPPERONI, VESNA, Facts
from tests.browser.contacts import GUID_OF_ANA

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
    # What the last of `do` is answered with, where that is meant to be a refusal.
    status_then: int = 200
    then: tuple[Arrange, ...] = ()  # what happens while the page is open
    # What is done before we look: (what,) is pressed, (where, text) is written.
    do: tuple[tuple[str, ...], ...] = ()
    language: str = ""  # what was chosen below the page; else the browser's


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
    Scene("link-change", "/link/", JAZBEC),
    Scene("link-new", "/link/", MLADA, do=(("#new summary",),)),
    Scene("link-new-wrong", "/link/", MLADA, do=(("#new summary",), ("#name", "Jazbec"), ("#new button",)), status_then=400),
    Scene("link-contest", f"/link/contest/?player={GUID_OF_ANA}", MLADA, (contacts.ana_only_claims,)),
    Scene("link-proved", f"/link/contest/?player={GUID_OF_ANA}", MLADA, (contacts.ana_is_proved,)),
    Scene("proof", "/link/proof/", JAZBEC, (contacts.nobody_knows_jazbec,)),
    Scene("proof-code", "/link/proof/", JAZBEC, (contacts.jazbec_has_a_code,)),
    Scene("proof-nobody-looks", "/link/proof/", JAZBEC, (contacts.jazbec_has_a_code, contacts.no_server_is_watched)),
    Scene("proof-seen", "/link/proof/", JAZBEC, (contacts.jazbec_has_a_code, contacts.the_code_was_seen)),
    Scene("proof-contest", f"/link/proof/?player={GUID_OF_ANA}", MLADA, (contacts.smreka_contests,)),
    Scene("proof-contest-seen", f"/link/proof/?player={GUID_OF_ANA}", MLADA, (contacts.smreka_contests, contacts.the_code_was_seen)),
    Scene("linked", "/link/done/", MLADA, (club.smreka_chose,)),
    Scene("linked-new", "/link/done/", MLADA, (contacts.smreka_is_new,)),
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
    Scene("tonight-undo", "/", JAZBEC, do=(("#today-looking",),)),
    Scene("tonight-undone", "/", JAZBEC, (club.jazbec_looks,), do=(("#today-undo",),)),
    Scene("tonight-too-late", "/", JAZBEC, do=(("#today-looking",), ("#today-later summary",), ("#today-from", "20:15"), ("#today-from-save",)), status_then=400),
    Scene("tonight-later", "/", JAZBEC, (club.some_come_later,), do=(("#today-later summary",),)),
    Scene("tonight-origins", "/?day=2026-12-03", JAZBEC, (club.jazbec_has_a_week,), do=(("#day-past summary",),)),
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
REACHED: Final = (
    Scene("you-channels", "/you/", JAZBEC, (contacts.jazbec_has_channels, contacts.nobody_knows_jazbec)),
    Scene("you-earlier", "/you/", JAZBEC, (contacts.jazbec_has_channels,), do=(("#way-telegram [value=earlier]",),)),
    Scene("you-not-used", "/you/", JAZBEC, (contacts.jazbec_has_channels,), do=(("#way-telegram [value=off]",),)),
    Scene("you-tested", "/you/", JAZBEC, (contacts.jazbec_has_channels,), do=(("#way-telegram .deeds > form button",),)),
    Scene("you-stopped", "/you/", JAZBEC, (contacts.jazbec_has_channels, contacts.jazbec_wrote_stop)),
    Scene("you-outside", "/you/", JAZBEC, (contacts.jazbec_left_the_guild,)),
    Scene("you-open", "/you/", JAZBEC, (contacts.jazbec_has_channels,), do=(("#let-go-telegram summary",), ("#called summary",), ("#unlink-player summary",), ("#unlink-discord summary",))),
    Scene("you-name-wrong", "/you/", JAZBEC, do=(("#called summary",), ("#display-name", "@@@"), ("#called button",)), status_then=400),
    Scene("you-old-sign-in", "/you/", club.LOJZE, do=(("#unlink-discord summary",),)),
    Scene("you-unlinked", "/you/", JAZBEC, do=(("#unlink-player summary",), ("#unlink-player button",))),
    Scene("channel", "/you/channels/telegram/", JAZBEC, (contacts.names_are_known,)),
    Scene("channel-again", "/you/channels/telegram/", JAZBEC, (contacts.jazbec_has_channels,)),
    Scene("channel-code", "/you/channels/telegram/", JAZBEC, (contacts.names_are_known,), do=(("#code button.first",),)),
    Scene("channel-signal", "/you/channels/signal/", JAZBEC, do=(("#code button.first",),)),
    Scene("channel-soon", "/you/channels/telegram/", JAZBEC, do=(("#code button.first",), ("#code footer button",)), status_then=400),
    Scene("channel-not-yet", "/you/channels/telegram/?since=1", JAZBEC),
    Scene("channel-done", "/you/channels/telegram/?since=1", JAZBEC, (contacts.jazbec_has_channels,)),
    Scene("data", "/you/data/", JAZBEC, (contacts.jazbec_has_channels,)),
    Scene("erase", "/you/erase/", JAZBEC),
    Scene("erase-wrong", "/you/erase/", JAZBEC, do=(("#word", "yes"), ("#erase-now",)), status_then=400),
    Scene("erase-old-sign-in", "/you/erase/", club.LOJZE),
    Scene("erased", "/you/erase/", JAZBEC, do=(("#word", "erase"), ("#erase-now",))),
    Scene("stop", "/stop/{token}/", "", (contacts.jazbec_can_stop,)),
    Scene("stopped", "/stop/{token}/", "", (contacts.jazbec_can_stop,), do=(("#stop button",),)),
    Scene("stop-forged", "/stop/forged/", status=400),
    Scene("once", "/s/{token}/", "", (contacts.jazbec_has_a_link,)),
    Scene("once-done", "/s/{token}/", "", (contacts.jazbec_has_a_link,), do=(("#once-available",),)),
    Scene("once-dead", "/s/forged/", status=400),
)
EVENINGS: Final = (
    Scene("week", "/you/week/", JAZBEC, (standing.jazbec_has_a_week,)),
    Scene("week-new", "/you/week/", VESNA),
    Scene("week-pressed", "/you/week/", JAZBEC, do=(("#usual-1-looking",),)),
    Scene("week-away-wrong", "/you/week/", JAZBEC, do=(("#away-from", "2026-12-06"), ("#away-to", "2026-11-29"), ("#away-save",)), status_then=400),
    Scene("week-address", "/you/week/", JAZBEC, do=(("#feed-personal button",),)),
    Scene("you-week", "/you/", JAZBEC, (standing.jazbec_has_a_week,)),
)
PROMOTERS: Final = (
    Scene("promote", "/promote/", JAZBEC, (club.all_is_well, club.jazbec_looks, club.jazbec_was_asked)),
    Scene("promote-silent", "/promote/", JAZBEC, (club.jazbec_looks,), at="20:58", do=(("#share summary",),)),
    Scene("promote-sample", "/promote/", JAZBEC, (club.all_is_well,), do=(("#samples [value=follow_up]",),)),
    Scene("promote-dry", "/promote/?chosen=1&dry_run=on", JAZBEC, (club.all_is_well,)),
    Scene("promote-nobody", "/promote/", JAZBEC, (club.nobody_answered,)),
    Scene("promote-late", "/promote/", JAZBEC, at="22:30"),
    Scene("promote-again", "/promote/", club.ANA, (club.called,)),
    Scene("nudge", "/nudge/", JAZBEC),
    Scene("nudge-nobody", "/nudge/", JAZBEC, at="22:30"),
    Scene("promote-sixty", "/promote/", JAZBEC, (club.sixty_more,)),
    Scene("call-waiting", "/calls/{call}/", JAZBEC, (club.called,), at="20:32"),
    Scene("call-add", "/calls/{call}/", JAZBEC, (club.called, club.sixty_more), at="20:40"),
    Scene("call-running", "/calls/{call}/", JAZBEC, (club.called, club.reminded), at="20:46"),
    Scene("call-done", "/calls/{call}/", JAZBEC, (club.called, club.reminded, club.started), at="21:13"),
    Scene("call-checked", "/calls/{call}/", JAZBEC, (club.called_with_the_check, club.reminded, club.started, club.checked), at="21:13"),
    Scene("call-off", "/calls/{call}/", JAZBEC, (club.called, club.reminded, club.cancelled), at="20:48"),
    Scene("call-dry", "/calls/{call}/", JAZBEC, (club.rehearsed,)),
    Scene("call-sixty", "/calls/{call}/", JAZBEC, (club.sixty_more, club.called)),
    Scene("second-factor", "/accounts/second-factor/", club.ADMIN),
    Scene("second-factor-wrong", "/accounts/second-factor/", club.ADMIN, do=(("#code", "000000"), ("main button.first",)), status_then=400),
    Scene("parts", "/parts/", club.ADMIN),
)
IN_ENGLISH: Final = (*VISITORS, *NEWCOMERS, *PLAYERS, *REACHED, *EVENINGS, *PROMOTERS)
# Slovene words are longer. One state of each page shows whether they have room.
IN_BOTH: Final = (
    "tonight", "tonight-visitor", "tonight-asks", "tonight-calendar", "tonight-later", "link",
    "proof-code", "linked", "you", "you-channels", "you-open", "week", "channel-code", "data",
    "erase", "once", "promote", "nudge", "call-waiting", "call-checked",
)
SLOVENE: Final = tuple(
    replace(scene, name=f"{scene.name}-sl", language="sl")
    for scene in IN_ENGLISH
    if scene.name in IN_BOTH
)
# fmt: on
SCENES: Final = (*IN_ENGLISH, *SLOVENE)
BY_NAME: Final = {scene.name: scene for scene in SCENES}

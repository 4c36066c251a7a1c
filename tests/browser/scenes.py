"""Every page of the site in every state that matters, as somebody would come upon it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tests.browser import club, contacts, markup, operations, raids, rooms, standing
from tests.browser.club import ANA, JAZBEC, MLADA, PEPPERONI, VESNA, Facts
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
    Scene("tonight-room", "/", VESNA, (rooms.opened,), at="20:40"),
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
ROOMS: Final = (
    Scene("room-visitor", "/room/"),
    Scene("room-visitor-open", "/room/", "", (rooms.balanced,), at="20:53"),
    Scene("room-not-linked", "/room/", MLADA, (rooms.balanced,), at="20:53"),
    Scene("room-locked", "/room/", JAZBEC, (rooms.played_yesterday,)),
    Scene("room-ready", "/room/", VESNA, (rooms.enough_look,)),
    Scene("room-new", "/room/", JAZBEC, (rooms.opened,), at="20:40"),
    Scene("room", "/room/", JAZBEC, (rooms.moved,), at="20:53"),
    Scene("room-player", "/room/", club.LOJZE, (rooms.balanced,), at="20:53"),
    Scene("room-maybe", "/room/", club.STEFK, (rooms.named,), at="20:50"),
    Scene("room-unfolded", "/room/", JAZBEC, (rooms.moved,), at="20:53", do=(("#teams .deeds-of summary",), ("#captains summary",), ("#wish-more summary",))),
    Scene("room-offered", "/room/", JAZBEC, (rooms.somebody_drops_out,), at="20:53"),
    Scene("room-offer", "/room/", club.STEFK, (rooms.stefk_is_asked,), at="20:53"),
    Scene("room-stale", "/room/", JAZBEC, (rooms.balanced,), at="20:53", then=(rooms.saved_elsewhere,), do=(("#do-balance",),), status_then=409),
    Scene("room-name-taken", "/room/", JAZBEC, (rooms.balanced,), at="20:53", do=(("#suggest", "POTICA PANZER"), ("#suggest-it",)), status_then=400),
    Scene("room-drafting", "/room/", JAZBEC, (rooms.drafts_now,), at="20:53"),
    Scene("room-sixty", "/room/", JAZBEC, (rooms.sixty_are_in,), at="20:53"),
    Scene("room-closed", "/room/2026-11-19/", club.STEFK, (rooms.played_yesterday,)),
    Scene("draft-mine", "/room/draft/", ANA, (rooms.drafts_now,), at="20:53"),
    Scene("draft-other", "/room/draft/", VESNA, (rooms.drafts_now,), at="20:53"),
    Scene("draft-watched", "/room/draft/", JAZBEC, (rooms.drafts_now,), at="20:53"),
    Scene("draft-picked", "/room/draft/", ANA, (rooms.drafts_now,), at="20:53", do=((".pool .pick",),)),
    Scene("draft-done", "/room/draft/", JAZBEC, (rooms.drafted,), at="20:56"),
    Scene("draft-stopped", "/room/draft/", JAZBEC, (rooms.stopped,), at="20:56"),
    Scene("draft-none", "/room/draft/", JAZBEC, (rooms.named,), at="20:50"),
)
RAIDS: Final = (
    Scene("raids-none", "/raids/", "", (raids.none,)),
    Scene("raids-visitor", "/raids/", "", (raids.listed,)),
    Scene("raids", "/raids/", JAZBEC, (raids.listed,)),
    Scene("raids-elsewhere", "/raids/on/{server}/", VESNA, (raids.two_servers,)),
    Scene("raid-visitor", "/raids/{raid}/", "", (raids.open_ones,)),
    Scene("raid-not-linked", "/raids/{raid}/", MLADA, (raids.open_ones,)),
    Scene("raid", "/raids/{raid}/", JAZBEC, (raids.jazbec_leads,)),
    Scene("raid-open", "/raids/{raid}/", club.LOJZE, (raids.open_ones,)),
    Scene("raid-voted", "/raids/{raid}/", club.LOJZE, (raids.open_ones,), do=(("thead .tick",), ("tbody .tick",), ("#votes-title",))),
    Scene("raid-many", "/raids/{raid}/", VESNA, (raids.many_choices,)),
    Scene("raid-unfolded", "/raids/{raid}/", JAZBEC, (raids.jazbec_leads,), do=(("#finish summary",), ("#edit summary",), ("#call-off summary",))),
    Scene("raid-edit-wrong", "/raids/{raid}/", JAZBEC, (raids.jazbec_leads,), do=(("#edit summary",), ("#edit-days", "Fri 13 Nov"), ("#edit-it",)), status_then=400),
    Scene("raid-over", "/raids/{raid}/", club.LOJZE, (raids.over,)),
    Scene("raid-over-visitor", "/raids/{raid}/", "", (raids.over,)),
    Scene("raid-over-leader", "/raids/{raid}/", JAZBEC, (raids.over,)),
    Scene("raid-objected", "/raids/{raid}/", VESNA, (raids.over,), do=(("#object",),)),
    Scene("raid-quiet", "/raids/{raid}/", JAZBEC, (raids.quiet,)),
    Scene("raid-away", "/raids/999999/", VESNA, status=404),
    Scene("raids-plans", "/raids/", JAZBEC, (raids.remembered,)),
    Scene("raids-none-plans", "/raids/", JAZBEC, (raids.none, raids.seen)),
    Scene("raid-plan", "/raids/on/1/plan/", JAZBEC, (raids.remembered,)),
    Scene("raid-plan-as-last", "/raids/on/1/plan/?dungeon=Skull", JAZBEC, (raids.remembered,)),
    Scene("raid-plan-wrong", "/raids/on/1/plan/", JAZBEC, (raids.remembered,), do=(("#plan-days", "Fri 13 Nov"), ("#plan-times", "21:00"), ("#plan-it",)), status_then=400),
    Scene("raid-plan-not-there", "/raids/on/1/plan/", JAZBEC, (raids.none,)),
    Scene("raid-hand-over", "/raids/{raid}/", JAZBEC, (raids.with_heirs,), do=(("#hand-over summary",),)),
    Scene("raid-handed-over", "/raids/{raid}/", JAZBEC, (raids.with_heirs,), do=(("#hand-over summary",), ("#hand-it",), ("text=leads the raid now",))),
    Scene("raids-left-out", "/raids/", VESNA, (raids.listed,), do=(("#listed",),)),
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
OPERATORS: Final = (
    Scene("operations", "/operations/", club.ADMIN, (operations.called_and_well,)),
    Scene("operations-running", "/operations/", club.ADMIN, (operations.one_is_not_reached,), at="20:46"),
    Scene("operations-red", "/operations/", club.ADMIN, (operations.the_bot_is_silent,)),
    Scene("operations-seen", "/operations/", club.ADMIN, (operations.the_bot_is_silent,), do=(("#hand form button",),)),
    Scene("operations-never", "/operations/", club.ADMIN),
    Scene("operations-refused", "/operations/", VESNA, status=403),
)
IN_ENGLISH: Final = (*VISITORS, *NEWCOMERS, *PLAYERS, *REACHED, *EVENINGS, *ROOMS, *RAIDS, *PROMOTERS, *OPERATORS)
# Slovene words are longer. One state of each page shows whether they have room.
IN_BOTH: Final = (
    "tonight", "tonight-visitor", "tonight-asks", "tonight-calendar", "tonight-later", "link",
    "proof-code", "linked", "you", "you-channels", "you-open", "week", "channel-code", "data",
    "erase", "once", "room-locked", "room", "room-offer", "room-closed", "draft-mine", "raids", "raids-none", "raid", "raid-plan-as-last", "raid-plan-wrong", "raid-hand-over", "raid-over-leader", "promote", "nudge", "call-waiting", "call-checked",
    "operations", "operations-red",
)
SLOVENE: Final = tuple(
    replace(scene, name=f"{scene.name}-sl", language="sl")
    for scene in IN_ENGLISH
    if scene.name in IN_BOTH
)
# fmt: on
SCENES: Final = (*IN_ENGLISH, *SLOVENE)
# Looked at in tests/security; nobody needs a picture of them.
MARKED: Final = tuple(
    replace(scene, name=f"markup-{scene.name}", so=(*scene.so, markup.everywhere), do=())
    for scene in IN_ENGLISH
    if scene.status == 200
)
BY_NAME: Final = {scene.name: scene for scene in (*SCENES, *MARKED)}

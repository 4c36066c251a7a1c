"""Who somebody is, as Discord's commands ask and answer it. Knows nothing of discord.py.

One transaction a command; who asks is what Discord says, everything else is looked up.
"""

from django.utils.translation import gettext as _

from accounts import actions, players
from accounts.models import Player, PlayerLink, User
from availability.commands.common import meet
from availability.presses import Press, Reply, refusal
from botworker.plain import plain
from slomix import person as people

Proof = PlayerLink.Proof
DOOR = "discord"
MOST_SHOWN = 5


def offered(press: Press, typed: str) -> list[tuple[str, str]]:
    """Return (name, id) of players to choose from: those like the person, or found by a text."""
    person = meet(press)
    found = players.search(typed) if typed.strip() else players.suggestions(person)
    return [(players.COLOUR.sub("", one.name)[:100], one.guid) for one in found]


def worn(press: Press, typed: str) -> list[tuple[str, str]]:
    """Return the names that the person's player was seen with and that contain a text."""
    wanted = players.folded(typed)
    names = actions.aliases_of(meet(press))
    return [(name[:100], name[:100]) for name in names if wanted in players.folded(name)]


def link(press: Press, *, player: str = "") -> Reply:
    """Link a player by id, or by a name that only one wears; without either show who is likely."""
    person = meet(press)
    if not player.strip():
        return _likely(person)
    guid = _meant(player)
    if guid is None:
        text = _(
            "**Which one?** More than one player, or none, is called so. Choose from the list."
        )
        return refusal(text, _("Find my player"), "/link/")
    try:
        made = actions.link_player(person=person, guid=guid, at=press.at, door=DOOR)
    except actions.PlayerTaken as taken:
        return refusal(str(taken), _("Link my player"), "/link/")
    except actions.LinkRefused as refused:
        return refusal(str(refused), _("Link my player"), "/link/")
    text = _("**You play as %(player)s.**") % {"player": plain(made.player.name)}
    if made.verified:
        return Reply(text)
    return Reply(f"{text} " + _("Prove it once on the site and it stays yours."))


def _meant(text: str) -> str | None:
    """Return the id of the player that a text means: an id, or the one name that fits exactly."""
    wanted = text.strip()[:64].replace("\0", "")
    known = Player.objects.filter(guid__iexact=wanted).values_list("guid", flat=True).first()
    if known:
        return str(known)
    found = players.search(wanted)
    same = [one for one in found if players.folded(one.name) == players.folded(wanted)]
    fitting = same or found
    return fitting[0].guid if len(fitting) == 1 else None


def _likely(person: User) -> Reply:
    if hasattr(person, "link"):
        return _mine(person)
    found = players.suggestions(person)[:MOST_SHOWN]
    if not found:
        text = _("**Nobody is called like you.** Write /link and a piece of your name in the game.")
        return refusal(text, _("Find my player"), "/link/")
    names = ", ".join(plain(one.name) for one in found)
    return Reply(
        _("**Is one of them you?** %(names)s. Write /link and the name.") % {"names": names}
    )


def unlink(press: Press, *, sure: bool = False) -> Reply:
    """Untie the player, once the person says that they are sure."""
    person = meet(press)
    if not hasattr(person, "link"):
        return refusal(_("**You have no player linked.**"), _("Link my player"), "/link/")
    name = plain(person.link.player.name)
    if not sure:
        text = _("**Unlink %(player)s?** Your answers ahead go, and nothing is sent to you. ")
        return refusal((text + _("Write /unlink sure: True")) % {"player": name})
    people.unlink_player(person=person, at=press.at, door=DOOR)
    text = _("**%(player)s is not yours any more.** Your answers ahead are gone.")
    return Reply(text % {"player": name})


def player(press: Press, *, name: str = "") -> Reply:
    """Say which player somebody is, or who wears a name."""
    person = meet(press)
    if not name.strip():
        return _mine(person) if hasattr(person, "link") else _likely(person)
    if not hasattr(person, "link"):
        return refusal(
            _("**First tell us who you are in the game.** It takes a minute."),
            _("Link my player"),
            "/link/",
        )
    found = players.search(name)[:MOST_SHOWN]
    if not found:
        return refusal(_("**No player is called so.** Try a shorter piece of the name."))
    taken = _(", taken")
    lines = [f"{plain(one.name)}{taken if hasattr(one, 'link') else ''}" for one in found]
    return Reply("\n".join(lines))


def _mine(person: User) -> Reply:
    facts = {
        "player": plain(person.link.player.name),
        "proof": Proof(person.link.proof).label,
        "name": plain(person.name),
    }
    return Reply(_("**You play as %(player)s** (%(proof)s). Others read %(name)s.") % facts)


def rename(press: Press, *, name: str = "", alias: str = "") -> Reply:
    """Choose a name freely, or one that the player wore; neither goes back to the player's own."""
    person = meet(press)
    if not hasattr(person, "link"):
        return refusal(
            _("**First tell us who you are in the game.** It takes a minute."),
            _("Link my player"),
            "/link/",
        )
    try:
        if alias:
            kept = actions.use_alias(person=person, name=alias, at=press.at, door=DOOR)
        elif name:
            kept = actions.set_display_name(person=person, name=name, at=press.at, door=DOOR)
        else:
            kept = actions.reset_display_name(person=person, at=press.at, door=DOOR)
    except actions.NameRefused as refused:
        return refusal(str(refused))
    return Reply(_("**Others read %(name)s now.**") % {"name": plain(kept)})

"""The checks in their order: what uses a limit up stands last."""

from slomix.management.security import doors, exposure, heads, loads, people
from slomix.management.security.report import Check

CHECKS = (
    Check("policy", "a content security policy without inline code on every answer", heads.policy),
    Check("headers", "nosniff, a referrer policy and HSTS on every answer", heads.plain),
    Check("scripting", "htmx evaluates nothing, and no page has inline code", heads.scripting),
    Check("kept", "what people read is kept by no cache", heads.kept),
    Check("cookies", "cookies are for this host alone, over https alone", heads.cookies),
    Check("https", "plain http leads to https", exposure.https),
    Check("hosts", "foreign hosts are refused", exposure.hosts),
    Check("methods", "TRACE and its like are refused", exposure.methods),
    Check("files", "no file of ours can be fetched", exposure.files),
    Check("figures", "metrics and operators' pages are not public", exposure.figures),
    Check("health", "health tells no version, host or address", exposure.health),
    Check("banners", "no answer names a version", exposure.banners),
    Check("csrf", "every unsafe route needs our own token and origin", doors.csrf),
    Check("token", "with our own token a form is taken", doors.csrf_is_passable),
    Check("login by get", "a link starts no sign-in", doors.login_by_get),
    Check("oauth", "state, PKCE, scope and the way back, on the wire", doors.oauth),
    Check("callback", "a sign-in ends in the browser that began it", doors.callback),
    Check("redirects", "no wish leads to another site", doors.redirects),
    Check("guesses", "a guess learns nothing", people.guesses),
    Check("timing", "how long a guess takes", people.timing),
    Check("patterns", "no text makes a pattern slow", loads.patterns),
    Check("bodies", "big, deep and many are refused within a second", loads.bodies),
    Check("lines", "long requests are refused within a second", loads.lines),
    Check("slow clients", "slow clients hold nobody", loads.slow),
    Check("usernames", "a known operator is answered as an unknown one", people.usernames),
    Check("passwords", "passwords are not guessed for long", people.passwords),
    Check("sign-ins", "sign-ins are limited, whatever is forwarded", people.sign_ins),
)

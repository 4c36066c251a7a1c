"""The second factor of whoever may do more: a code from an app, besides Discord or the password.

allauth's own flow stands behind its own login, which nobody passes here (`accounts.adapter` ends
it), so its authenticators are asked directly. Codes follow RFC 6238.
"""

import base64
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import limits
from accounts.models import AuditEntry, User

PASSED = "second_factor"
PENDING = "second_factor_secret"
LASTS = timedelta(hours=12)
TRIES = limits.Limit("second_factor", 5, timedelta(minutes=5))


class CodeRefused(Exception):
    """The code is not taken; the text says why."""


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seals what makes the codes; a new SECRET_KEY means to set the factor up anew."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"slomix second factor")
    return Fernet(base64.urlsafe_b64encode(kdf.derive(settings.SECRET_KEY.encode())))


def passed(request: HttpRequest, at: datetime) -> bool:
    """Tell whether the session showed its second factor within twelve hours, or needs none."""
    if not settings.ADMIN_SECOND_FACTOR:
        return True
    kept = request.session.get(PASSED)
    if not isinstance(kept, list) or kept[0] != request.user.pk:
        return False
    return bool(0 <= at.timestamp() - kept[1] <= LASTS.total_seconds())


def enrolled(person: User) -> bool:
    """Tell whether somebody has set up a second factor."""
    return _stored(person, "totp") is not None


def _stored(person: User, kind: str) -> Any:
    from allauth.mfa.models import Authenticator  # needs the apps to be loaded

    return Authenticator.objects.filter(user=person, type=kind).first()


def begin(request: HttpRequest) -> str:
    """Return the secret that is to be set up; the same until it is confirmed."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    if PENDING not in request.session:
        request.session[PENDING] = generate_totp_secret()
    return str(request.session[PENDING])


@transaction.atomic
def confirm(request: HttpRequest, person: User, code: str, at: datetime) -> list[str]:
    """Set the factor up with the first right code; returns the recovery codes, shown this once.

    Raises CodeRefused.
    """
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code

    _count(person, at)
    secret = request.session.get(PENDING)
    if enrolled(person) or not secret or not validate_totp_code(secret, code.strip()):
        raise CodeRefused(_("That is not the code that the app shows now."))
    TOTP.activate(person, secret)
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    del request.session[PENDING]
    _pass(request, person, at)
    AuditEntry.write("second_factor_changed", at=at, actor=person, door="web", on=True)
    return codes


def show(request: HttpRequest, person: User, code: str, at: datetime) -> None:
    """Let the session pass with a code of the app, or a recovery code; each works once.

    Raises CodeRefused.
    """
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    _count(person, at)
    app, paper = _stored(person, "totp"), _stored(person, "recovery_codes")
    given = code.strip()
    right = (app is not None and TOTP(app).validate_code(given)) or (
        paper is not None and RecoveryCodes(paper).validate_code(given)
    )
    if not right:
        raise CodeRefused(_("That is not the code that the app shows now, or it was used."))
    _pass(request, person, at)


def _count(person: User, at: datetime) -> None:
    wait = limits.take(TRIES, f"person {person.pk}", at=at)
    if wait:
        raise CodeRefused(_("That was too often. Wait %(n)d s, then try again.") % {"n": wait})


def _pass(request: HttpRequest, person: User, at: datetime) -> None:
    # Whoever knew the session before does not know it afterwards.
    request.session.cycle_key()
    request.session[PASSED] = [person.pk, at.timestamp()]


@transaction.atomic
def remove(person: User, at: datetime) -> bool:
    """Take somebody's second factor away, so that they set up a new one; an operator's act."""
    from allauth.mfa.models import Authenticator

    gone, _rows = Authenticator.objects.filter(user=person).delete()
    if gone:
        AuditEntry.write(
            "second_factor_changed", at=at, actor=None, subject=person, door="command", on=False
        )
    return bool(gone)

"""People's addresses at rest: sealed so that only we read them, hashed so that they can be found.

Sealing is Fernet with the keys of CONTACT_DATA_ENCRYPTION_KEY, the newest first. Finding is an HMAC
with a key of its own, derived (HKDF) from LEDGER_KEY: that one must outlive everything else anyway,
so there is no third key to lose.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Locked(Exception):
    """An address cannot be read or written: no key is set, or none of ours fits."""


def seal(address: str) -> str:
    """Encrypt an address with the newest key. Raises Locked without one."""
    return _box(_keys()).encrypt(address.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt an address. Raises Locked when no key fits; what was sealed is never shown."""
    try:
        return _box(_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Locked("no key of CONTACT_DATA_ENCRYPTION_KEY opens an address") from None


def index(channel: str, address: str) -> str:
    """Return what an address is found by; nobody can read it back without the key."""
    told = f"{channel}:{address}".encode()
    return hmac.new(_index_key(settings.LEDGER_KEY), told, hashlib.sha256).hexdigest()


def sealing_key() -> str:
    """Return the fingerprint of the key that seals now. Raises Locked without one."""
    return _fingerprint(_keys()[0])


def known_keys() -> list[str]:
    """Return the fingerprints of the keys that we have, the newest first."""
    return [_fingerprint(key) for key in settings.CONTACT_KEYS]


def masked(address: str) -> str:
    """Hide an address but for its ends; a short one altogether."""
    if len(address) <= 4:
        return "*" * len(address)
    return address[:2] + "*" * (len(address) - 4) + address[-2:]


def _keys() -> tuple[bytes, ...]:
    if not settings.CONTACT_KEYS:
        raise Locked("CONTACT_DATA_ENCRYPTION_KEY is not set")
    return tuple(settings.CONTACT_KEYS)


@lru_cache(maxsize=4)
def _box(keys: tuple[bytes, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])


@lru_cache(maxsize=4)
def _index_key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"slomix contact index")
    return derived.derive(secret.encode())


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"slomix key fingerprint" + key).hexdigest()[:12]

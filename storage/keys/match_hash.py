"""The keyed hashes under which persons, files and numbers are compared and never known."""

from models.cases.case_round import MatchKey, MatchKeyKind
from models.identity.id_number import full_id_number
from models.identity.person_name import normalise_name
from storage.keys.keyring import Keyring


def hash_match_key(keyring: Keyring, key: MatchKey) -> str:
    """The keyed hash under which a match key is kept."""
    return keyring.fingerprint(key.kind, _canonical(key.kind, key.value))


def person_hash(keyring: Keyring, number: str) -> str:
    """The keyed hash of a person by ID number (or birth certificate number)."""
    return keyring.fingerprint(MatchKeyKind.NUMBER, _canonical(MatchKeyKind.NUMBER, number))


def name_hash(keyring: Keyring, name: str) -> str:
    """The keyed hash of a name as forms state it, however it is spaced and whatever its case."""
    kind = MatchKeyKind.NAME
    return keyring.fingerprint(kind, _canonical(kind, normalise_name(name).upper()))


def _canonical(kind: MatchKeyKind, value: str) -> str:
    """One spelling of each value, so that equal persons have equal hashes."""
    if kind in {MatchKeyKind.NAME, MatchKeyKind.CERTIFICATE_CHILD}:
        return normalise_name(value)
    text = "".join(value.split())
    if kind is MatchKeyKind.NUMBER:
        return full_id_number(text.upper())
    return text.lower()

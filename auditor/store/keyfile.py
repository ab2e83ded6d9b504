"""The key file of a workspace: its random data key, wrapped by the passphrase and by the recovery key."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from auditor.domain.errors import WorkspaceError
from auditor.store import faults, platform
from auditor.store.layout import KEY_COPY_NAME, KEY_NAME
from auditor.store.passphrase import normalise
from auditor.store.recovery_key import RecoveryKey

FORMAT = "casefile-auditor-key"
VERSION = 1
_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_MAX_FILE_BYTES = 16 * 1024

Secret = str | RecoveryKey


@dataclass(frozen=True, slots=True)
class DerivationCost:
    """What one guess at the passphrase costs in Argon2id; `memory_kib` in KiB. Tests pass a cheap one."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        # a damaged or hostile key file must not be able to demand all memory or endless time
        if not (8 * self.lanes <= self.memory_kib <= 1024 * 1024 and 1 <= self.iterations <= 64):
            raise ValueError("Argon2id cost out of range")
        if not 1 <= self.lanes <= 16:
            raise ValueError("Argon2id lanes out of range")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The data key encrypted once (AES-256-GCM) under a key derived with `salt`."""

    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The content of a key file. It holds no secret in clear and may be copied freely with the workspace."""

    workspace_id: str
    created_at: datetime
    key_check: bytes
    cost: DerivationCost
    by_passphrase: Wrapping
    by_recovery_key: Wrapping

    @classmethod
    def create(
        cls, passphrase: str, recovery_key: RecoveryKey, workspace_id: str, cost: DerivationCost
    ) -> tuple[Self, bytes]:
        """A new key file and the 32-byte data key that it wraps."""
        data_key = secrets.token_bytes(_KEY_BYTES)
        nothing = Wrapping(b"", b"", b"")
        created_at = datetime.now(UTC).replace(microsecond=0)
        empty = cls(workspace_id, created_at, _key_check(data_key), cost, nothing, nothing)
        by_recovery_key = empty._wrap(data_key, recovery_key)
        return replace(empty, by_recovery_key=by_recovery_key).with_passphrase(data_key, passphrase), data_key

    def with_passphrase(self, data_key: bytes, passphrase: str) -> Self:
        """The same key file with the data key wrapped anew: a new passphrase re-encrypts nothing else."""
        return replace(self, by_passphrase=self._wrap(data_key, passphrase))

    def unwrap(self, secret: Secret) -> bytes:
        """The data key. Raises `wrong-passphrase` or `wrong-recovery-key` when the secret is another one."""
        wrapping = self.by_passphrase if isinstance(secret, str) else self.by_recovery_key
        try:
            key = AESGCM(self._wrapping_key(secret, wrapping.salt))
            data_key = key.decrypt(wrapping.nonce, wrapping.wrapped, self._bound_to(secret))
        except InvalidTag:
            wrong = faults.wrong_passphrase() if isinstance(secret, str) else faults.wrong_recovery_key()
            raise wrong from None
        if not hmac.compare_digest(_key_check(data_key), self.key_check):
            raise faults.damaged_key_file("The key inside does not pass its own check.")
        return data_key

    def to_bytes(self) -> bytes:
        """Canonical JSON with a checksum, so that any changed byte shows."""
        content: dict[str, Any] = {
            "format": FORMAT,
            "version": VERSION,
            "workspace_id": self.workspace_id,
            "created_at": self.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "key_check": _encode(self.key_check),
            "passphrase": {"kdf": "argon2id", **asdict(self.cost), **_wrapping_to_json(self.by_passphrase)},
            "recovery_key": _wrapping_to_json(self.by_recovery_key),
        }
        return _canonical(content | {"checksum": _checksum(content)})

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read a key file. Raises `damaged-key-file`, or `newer-workspace` when a later version wrote it."""
        parsed = _parse(content)
        try:
            passphrase = parsed["passphrase"]
            read = cls(
                parsed["workspace_id"],
                datetime.strptime(parsed["created_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
                _decode(parsed["key_check"]),
                DerivationCost(*(passphrase[name] for name in ("memory_kib", "iterations", "lanes"))),
                _wrapping_from_json(passphrase),
                _wrapping_from_json(parsed["recovery_key"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise faults.damaged_key_file("Parts of it are missing or cannot be read.") from None
        if read.to_bytes() != content:
            raise faults.damaged_key_file("Its bytes are not as they were written.")
        return read

    def _wrap(self, data_key: bytes, secret: Secret) -> Wrapping:
        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        key = AESGCM(self._wrapping_key(secret, salt))
        return Wrapping(salt, nonce, key.encrypt(nonce, data_key, self._bound_to(secret)))

    def _wrapping_key(self, secret: Secret, salt: bytes) -> bytes:
        if isinstance(secret, RecoveryKey):
            # 160 random bits need no slow derivation
            return hmac.digest(salt, secret.secret, "sha256")
        cost = self.cost
        argon2 = Argon2id(
            salt=salt,
            length=_KEY_BYTES,
            iterations=cost.iterations,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        )
        return argon2.derive(normalise(secret))

    def _bound_to(self, secret: Secret) -> bytes:
        way = "passphrase" if isinstance(secret, str) else "recovery-key"
        return f"{FORMAT}/{VERSION}/{self.workspace_id}/{way}".encode()


@dataclass(frozen=True, slots=True)
class KeyFileOnDisk:
    """A key file as found in a folder; `to_repair` names which twin is missing, damaged or out of date."""

    key_file: KeyFile
    to_repair: tuple[str, ...] = ()


def read_key_file(folder: Path) -> KeyFileOnDisk:
    """Read the key file or, where it is missing or damaged, its copy; nothing is written.

    Raises `missing-key-file` when neither is there, `damaged-key-file` when no good one is left, and
    `newer-workspace` when a later version of the program wrote it.
    """
    found: dict[str, KeyFile] = {}
    failure: WorkspaceError | None = None
    for name in (KEY_NAME, KEY_COPY_NAME):
        try:
            found[name] = KeyFile.from_bytes(_read_limited(folder / name))
        except FileNotFoundError:
            continue
        except WorkspaceError as error:
            failure = failure or error
        except OSError as error:
            failure = failure or faults.damaged_key_file(f"It cannot be read ({error.strerror}).")
    if failure and (not found or failure.code == "newer-workspace"):
        raise failure
    if not found:
        raise faults.missing_key_file(folder)
    # the key file is written before its copy: where both are sound and differ, the key file is the newer
    good = found.get(KEY_NAME) or found[KEY_COPY_NAME]
    return KeyFileOnDisk(good, tuple(name for name in (KEY_NAME, KEY_COPY_NAME) if found.get(name) != good))


def write_key_file(folder: Path, key_file: KeyFile, names: tuple[str, ...] = (KEY_NAME, KEY_COPY_NAME)) -> None:
    """Write the key file and its copy, each durably and all or nothing."""
    for name in names:
        platform.replace_durably(folder / name, key_file.to_bytes())


def subkey(data_key: bytes | bytearray, purpose: str) -> bytes:
    """A 32-byte key for one purpose, so that the database, the scopes and the checks never share one."""
    return hmac.digest(data_key, f"{FORMAT}/{purpose}".encode(), "sha256")


def _read_limited(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_FILE_BYTES)


def _parse(content: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        raise faults.damaged_key_file("It is not a key file any more.") from None
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        raise faults.damaged_key_file("It is not a key file of this program.")
    claimed = parsed.pop("checksum", None)
    if claimed != _checksum(parsed):
        raise faults.damaged_key_file("Its checksum does not fit.")
    if parsed.get("version") != VERSION:
        raise faults.newer_key_file()
    return parsed


def _key_check(data_key: bytes) -> bytes:
    return subkey(data_key, "key-check")[:16]


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _wrapping_to_json(wrapping: Wrapping) -> dict[str, str]:
    return {name: _encode(value) for name, value in asdict(wrapping).items()}


def _wrapping_from_json(content: dict[str, Any]) -> Wrapping:
    wrapping = Wrapping(*(_decode(content[name]) for name in ("salt", "nonce", "wrapped")))
    lengths = (len(wrapping.salt), len(wrapping.nonce), len(wrapping.wrapped))
    if lengths != (_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES + _TAG_BYTES):
        raise ValueError("wrapped key of the wrong length")
    return wrapping

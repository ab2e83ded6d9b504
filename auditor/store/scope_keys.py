"""One key for each audit, case, action, and one for the workspace: what is written under a destroyed key is erased."""

import secrets
from collections import OrderedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from auditor.domain.errors import Refused, WorkspaceError

_NONCE = 12
_KEPT_OPEN = 512


class ScopeKeys:
    """Makes, unwraps and uses scope keys; the wrapped keys stand in the database, wrapped by the
    workspace's data key."""

    def __init__(self, data_key: bytes) -> None:
        self._wrapper = AESGCM(data_key)
        self._open: OrderedDict[str, AESGCM] = OrderedDict()

    def seal(self, connection: Connection, scope_id: str, context: str, text: str) -> bytes:
        """Encrypt `text` under the scope's key, making the key if the scope has none. `context` is bound to the
        result."""
        nonce = secrets.token_bytes(_NONCE)
        cipher = self._cipher(connection, scope_id)
        if cipher is None:
            if self._wrapped(connection, scope_id) is not None:
                raise Refused(
                    "erased", "Erased", "This was erased, so nothing can be added to it.", "Leave it as it is."
                )
            cipher = self._make(connection, scope_id)
        return nonce + cipher.encrypt(nonce, text.encode("ascii"), context.encode("ascii"))

    def unseal(self, connection: Connection, scope_id: str, context: str, sealed: bytes) -> str | None:
        """The text that was sealed; None where the scope's key has been destroyed."""
        cipher = self._cipher(connection, scope_id)
        if cipher is None:
            return None
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode("ascii")).decode("ascii")
        except InvalidTag as error:
            raise _damaged(f"Revision {context}") from error

    def destroy(self, connection: Connection, scope_id: str) -> None:
        """Destroy the scope's key for ever; an empty key stays behind so that no new one is ever made."""
        self._open.pop(scope_id, None)
        connection.exec_driver_sql(
            "INSERT INTO scope_key (scope_id, wrapped) VALUES (?, x'')"
            " ON CONFLICT (scope_id) DO UPDATE SET wrapped = excluded.wrapped",
            (scope_id,),
        )

    def forget(self) -> None:
        """Drop the opened keys, after a rollback that may have undone the making of one, and on lock."""
        self._open.clear()

    def _cipher(self, connection: Connection, scope_id: str) -> AESGCM | None:
        cipher = self._open.get(scope_id)
        if cipher is None:
            wrapped = self._wrapped(connection, scope_id)
            if not wrapped:
                return None
            try:
                key = self._wrapper.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], scope_id.encode("utf-8"))
            except InvalidTag as error:
                raise _damaged(f"The key of {scope_id}") from error
            cipher = self._keep(scope_id, key)
        return cipher

    def _wrapped(self, connection: Connection, scope_id: str) -> bytes | None:
        row = connection.exec_driver_sql("SELECT wrapped FROM scope_key WHERE scope_id = ?", (scope_id,)).fetchone()
        return bytes(row[0]) if row else None

    def _make(self, connection: Connection, scope_id: str) -> AESGCM:
        key, nonce = AESGCM.generate_key(256), secrets.token_bytes(_NONCE)
        wrapped = nonce + self._wrapper.encrypt(nonce, key, scope_id.encode("utf-8"))
        connection.exec_driver_sql("INSERT INTO scope_key (scope_id, wrapped) VALUES (?, ?)", (scope_id, wrapped))
        return self._keep(scope_id, key)

    def _keep(self, scope_id: str, key: bytes) -> AESGCM:
        cipher = self._open[scope_id] = AESGCM(key)
        if len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)
        return cipher


def _damaged(what: str) -> WorkspaceError:
    return WorkspaceError(
        "ledger-damaged",
        "Record damaged",
        f"{what} cannot be read.",
        "Keep the workspace as it is and restore the latest backup into a new folder.",
    )

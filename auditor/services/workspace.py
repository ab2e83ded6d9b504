"""The workspace as desktop and command line handle it: made, unlocked, signed in to, verified, backed up, locked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.errors import AuditorError, NotAllowed, WorkspaceError
from auditor.domain.roles import Person
from auditor.services.people import AddPerson, add_first_person, find_person, sign_in, who_can_sign_in
from auditor.services.pin_tries import any_wrong, count_wrong, forget_wrong, require_patience
from auditor.services.session import Session
from auditor.store.passphrase import Strength
from auditor.store.passphrase import strength as passphrase_strength
from auditor.store.placement import default_folder, require_suitable
from auditor.store.recovery_key import RecoveryKey
from auditor.store.unit_of_work import Records
from auditor.store.verify import Verified, verify
from auditor.store.workspace import Workspace, WorkspaceInfo

__all__ = [
    "Locked",
    "OpenedWorkspace",
    "Strength",
    "Verified",
    "WorkspaceInfo",
    "create_workspace",
    "default_folder",
    "passphrase_strength",
    "require_suitable",
    "unlock_workspace",
]


@dataclass(frozen=True, slots=True)
class Locked:
    """How locking went: the workspace is locked whatever became of its backup. `backed_up` says whether one was made
    just now, `warning` why the one that was due was not."""

    backed_up: bool
    warning: AuditorError | None = None


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """An unlocked workspace before or after somebody signs in. `lock` ends it; nothing can be read afterwards."""

    workspace: Workspace
    records: Records

    @property
    def path(self) -> Path:
        """Its folder; known after locking, too."""
        return self.workspace.path

    def people(self) -> list[Person]:
        """Who can sign in."""
        with self.records.read() as view:
            return who_can_sign_in(view)

    def sign_in(self, person_id: str, pin: str) -> Session:
        """The session of a person whose PIN is right; raises `NotAllowed` (wrong-pin; pin-wait after several)."""
        with self.records.read() as view:
            require_patience(person_id, datetime.now(UTC), view)
            tried = any_wrong(person_id, view)
        try:
            with self.records.read() as view:
                session = Session(self.records, sign_in(person_id, pin, view))
        except NotAllowed:
            with self.records.write() as unit:
                count_wrong(person_id, datetime.now(UTC), unit)
            raise
        if tried:
            with self.records.write() as unit:
                forget_wrong(person_id, unit)
        return session

    def sign_in_by_name(self, name: str, pin: Callable[[], str]) -> Session:
        """The session of the person of that name or id; `pin` is asked only when there is such a person."""
        with self.records.read() as view:
            person_id = find_person(name, view).id
        return self.sign_in(person_id, pin())

    def add_first_person(self, command: AddPerson) -> Session:
        """Put the first person into a new workspace and sign them in."""
        with self.records.write() as unit:
            return Session(self.records, add_first_person(command, unit))

    def info(self) -> WorkspaceInfo:
        """Where it is, how large, when last backed up."""
        return self.workspace.info()

    def verify(self) -> Verified:
        """Check the whole workspace against its ledger."""
        return verify(self.records)

    def back_up(self) -> None:
        """Make a checked backup inside the workspace folder."""
        self.workspace.back_up()

    def change_passphrase(self, present: str, new: str, recovery_key: str = "") -> None:
        """Wrap the workspace's key in a new passphrase, by the present one or by the recovery key where one is given.

        Raises `WorkspaceError` (wrong-passphrase, recovery-key-mistyped, wrong-recovery-key).
        """
        secret = RecoveryKey.parse(recovery_key) if recovery_key else present
        self.workspace.change_passphrase(secret, new)

    def lock(self) -> Locked:
        """Back up if none was made today, then close; whatever goes wrong with the backup, the workspace is locked."""
        self.records.forget()
        try:
            return Locked(self.workspace.back_up_if_due() is not None)
        except AuditorError as error:
            title = "Locked, but not backed up"
            return Locked(False, WorkspaceError(error.code, title, error.message, error.remedy, error.place))
        finally:
            self.workspace.close()


def create_workspace(path: Path, passphrase: str, name: str) -> tuple[OpenedWorkspace, str]:
    """Make a workspace in an empty folder; the text returned is its recovery key, to be printed and kept elsewhere."""
    workspace, recovery_key = Workspace.create(path, passphrase, name=name)
    return OpenedWorkspace(workspace, Records(workspace)), recovery_key


def unlock_workspace(path: Path, passphrase: str = "", recovery_key: str = "") -> OpenedWorkspace:
    """Unlock by passphrase, or by recovery key where one is given; every way it can fail has its own error."""
    secret = RecoveryKey.parse(recovery_key) if recovery_key else passphrase
    workspace = Workspace.unlock(path, secret)
    return OpenedWorkspace(workspace, Records(workspace))

"""Half-filled forms: kept for their writer alone, on disk, in no stream of the ledger."""

from pathlib import Path

from auditor.domain.roles import Role
from auditor.services.drafts import KeepDraft, draft, keep_draft
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace
from auditor.store.unit_of_work import Records
from auditor.store.workspace import Workspace
from tests.kit import PASSPHRASE, open_house


def test_a_draft_outlives_the_program_and_is_seen_by_its_writer_alone(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        other = house.add("B. Auditor", Role.AUDITOR)
        before = house.opened.verify().revisions
        fields = {"why": "Half a sent", "comment": ""}
        house.lead.do(keep_draft, KeepDraft("reconcile/x/S01.01", fields))
        assert house.opened.verify().revisions == before
        assert other.ask(draft, "reconcile/x/S01.01") == {}
        lead = house.lead.actor
    workspace = Workspace.unlock(house.folder, PASSPHRASE, settings_folder=house.settings)
    try:
        opened = OpenedWorkspace(workspace, Records(workspace))
        session = Session(opened.records, lead)
        assert session.ask(draft, "reconcile/x/S01.01") == {"why": "Half a sent"}
        session.do(keep_draft, KeepDraft("reconcile/x/S01.01", {}))
        assert session.ask(draft, "reconcile/x/S01.01") == {}
    finally:
        workspace.close()

"""A program that is killed: records answers and comments for ever, and says each pair once it is saved."""

import sys
from pathlib import Path

from auditor.domain.answers import Answer, Facet
from auditor.services.scoring import RecordAnswer, RecordNote, record_answer, record_note
from auditor.services.session import Session
from auditor.services.workspace import OpenedWorkspace
from auditor.store.unit_of_work import Records
from auditor.store.workspace import Workspace
from tests.kit import PASSPHRASE

VALUES = ("met", "partly", "not_met", "not_evidenced")


def main(folder: str, settings: str, person_id: str, audit_id: str, start: int) -> None:
    workspace = Workspace.unlock(Path(folder), PASSPHRASE, settings_folder=Path(settings))
    opened = OpenedWorkspace(workspace, Records(workspace))
    session = Session(opened.records, next(person for person in opened.people() if person.id == person_id))
    for turn in range(start, start + 1_000_000):
        session.do(record_answer, RecordAnswer(audit_id, "S01.03", Answer(VALUES[turn % 4])))
        session.do(record_note, RecordNote(audit_id, "S02.01", Facet.COMMENT, f"Comment {turn}"))
        sys.stdout.write(f"{turn}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    place, memory, person, audit, first = sys.argv[1:]
    main(place, memory, person, audit, int(first))

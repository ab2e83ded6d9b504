"""Words of the desk that could not be recorded when it was left: kept aside, and put back when one returns."""

from auditor.desktop.operations import Operations
from auditor.desktop.pages.audits.answering import Answering
from auditor.services.drafts import KeepDraft, draft, keep_draft
from auditor.services.session import Session

_QUESTION = "question"


class KeptWords:
    """At most one question of an audit has such words: it cannot be left for another while it has."""

    def __init__(self, session: Session, operations: Operations, audit_id: str) -> None:
        self._session, self._operations = session, operations
        self._place = f"audits/{audit_id}/unrecorded"
        self._kept = session.ask(draft, self._place)

    @property
    def question_id(self) -> str:
        """The question they belong to, or an empty string."""
        return self._kept.get(_QUESTION, "")

    def put_back(self, live: Answering | None) -> None:
        """Put them into the controls of their question."""
        if live is not None and live.question.id == self.question_id:
            live.put_words(self._kept)

    def keep(self, live: Answering | None) -> bool:
        """Keep what stands nowhere else; False where even that was refused, which is said on the status line."""
        if live is None:
            return True
        words = live.words
        fields = {_QUESTION: live.question.id, **words} if words else {}
        if fields == self._kept:
            return True

        def kept(_changes: object) -> None:
            self._kept = fields

        self._operations.run(
            lambda: self._session.do(keep_draft, KeepDraft(self._place, fields)), on_done=kept, quick=True
        )
        return fields == self._kept

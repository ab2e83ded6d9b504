"""The invented sentences of the sample workspace, dealt so that none comes again before its pack is through."""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from auditor.domain.answers import Answer
from auditor.domain.template import Question
from auditor.resources import resources_dir
from auditor.services.demo.profile import Period


class Words:
    """Deals comments, places in the file, reasons and longer texts."""

    def __init__(self, rng: Random) -> None:
        text = (resources_dir() / "demo" / "comments.json").read_text(encoding="utf-8")
        self._bank: dict[str, Any] = json.loads(text)
        self._rng = rng
        self._packs: dict[tuple[str, ...], list[str]] = {}

    def comment(self, question: Question, answer: Answer, period: Period) -> str:
        """A sentence about an answer that is an issue, or about good practice; empty where there is none to fit."""
        kind = {"met": "good", "not_evidenced": "unseen"}.get(str(answer.value), "issue")
        for key in (question.id, *question.themes):
            sentences = self._bank["words"].get(key, {}).get(kind)
            if sentences:
                return self._fill(self._deal(sentences, key, kind), period)
        return ""

    def location(self, section_id: str, period: Period) -> str:
        """Where in the file the evidence lies."""
        places = self._bank["locations"]
        return self._fill(self._rng.choice(places.get(section_id) or places[""]), period)

    def reason(self, period: Period) -> str:
        """Why an answer was agreed."""
        return self._fill(self._deal(self._bank["reasons"], "reasons"), period)

    def text(self, question_id: str) -> str:
        """An answer to a question that asks for text."""
        return self._deal(self._bank["texts"][question_id], "texts", question_id)

    def _deal(self, sentences: Sequence[str], *pack: str) -> str:
        left = self._packs.setdefault(pack, [])
        if not left:
            left.extend(self._rng.sample(sentences, len(sentences)))
        return left.pop()

    def _fill(self, sentence: str, period: Period) -> str:
        day = period.start + timedelta(self._rng.randrange((period.end - period.start).days))
        return sentence.format(date=f"{day:%d/%m/%Y}", weeks=self._rng.randint(4, 9))

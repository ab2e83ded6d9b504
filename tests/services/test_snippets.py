"""Snippets: one's own for oneself alone, shared ones for everybody, and never the words of a sealed comment."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.domain.answers import Facet
from auditor.domain.audit import Mode
from auditor.domain.errors import AuditorError
from auditor.domain.roles import Role
from auditor.domain.snippets import LONGEST_SNIPPET
from auditor.services.scoring import RecordNote, record_note
from auditor.services.session import Session
from auditor.services.snippets import KeepSnippet, keep_snippet, may_keep, remove_snippet, snippets
from tests.kit import House, open_house, score_and_submit


@dataclass
class Pair:
    house: House
    first: Session
    second: Session


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with open_house(tmp_path) as house:
        yield Pair(house, house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR))


def texts(session: Session) -> list[tuple[str, bool]]:
    return sorted((snippet.text, snippet.shared) for snippet in session.ask(snippets, None))


def refused(session: Session, command: KeepSnippet | str) -> str:
    with pytest.raises(AuditorError) as caught:
        if isinstance(command, str):
            session.do(remove_snippet, command)
        else:
            session.do(keep_snippet, command)
    return caught.value.code


def test_an_own_snippet_is_nobody_elses_and_in_no_stream(pair: Pair) -> None:
    before = pair.house.opened.verify().revisions
    made = pair.first.do(keep_snippet, KeepSnippet(" Seen alone on __ visits ")).made

    assert texts(pair.first) == [("Seen alone on __ visits", False)]
    assert texts(pair.second) == []
    assert pair.house.opened.verify().revisions == before
    pair.first.do(keep_snippet, KeepSnippet("Seen alone", made))
    assert texts(pair.first) == [("Seen alone", False)]
    pair.first.do(remove_snippet, made)
    assert texts(pair.first) == []
    assert refused(pair.first, made) == "no-such-snippet"


def test_a_shared_snippet_is_everybodys_and_kept_by_its_author_or_a_lead(pair: Pair) -> None:
    made = pair.first.do(keep_snippet, KeepSnippet("Seen alone")).made
    pair.first.do(keep_snippet, KeepSnippet("Seen alone", made, shared=True))

    assert texts(pair.first) == texts(pair.second) == [("Seen alone", True)]
    shared = pair.second.ask(snippets, None)[0]
    assert not may_keep(shared, pair.second.actor)
    assert refused(pair.second, KeepSnippet("Not seen", made, shared=True)) == "not-your-snippet"
    assert refused(pair.second, made) == "not-your-snippet"
    pair.house.lead.do(keep_snippet, KeepSnippet("Seen alone, twice", made, shared=True))
    assert pair.second.ask(snippets, None)[0].by == pair.first.actor.id
    pair.first.do(keep_snippet, KeepSnippet("Mine again", made))
    assert (texts(pair.first), texts(pair.second)) == ([("Mine again", False)], [])
    assert pair.house.opened.verify().problems == ()


def test_who_only_enters_facts_shares_nothing(pair: Pair) -> None:
    support = pair.house.add("C. Support", Role.BUSINESS_SUPPORT)
    assert refused(support, KeepSnippet("Seen alone", shared=True)) == "role-needed"


def test_a_name_is_warned_of_and_never_shared(pair: Pair) -> None:
    named = "Seen with Mrs Green"
    assert refused(pair.first, KeepSnippet(named)) == "names-somebody"
    assert refused(pair.first, KeepSnippet(named, shared=True, sure=True)) == "names-somebody"
    pair.first.do(keep_snippet, KeepSnippet(named, sure=True))
    assert texts(pair.first) == [(named, False)]


@pytest.mark.parametrize("text", ["  ", "x" * (LONGEST_SNIPPET + 1)])
def test_a_snippet_has_words_but_not_too_many(pair: Pair, text: str) -> None:
    assert refused(pair.first, KeepSnippet(text)) == "snippet-length"


@pytest.mark.parametrize("mode", [Mode.BLIND, Mode.JOINT])
def test_words_of_a_sealed_comment_are_not_shared(pair: Pair, mode: Mode) -> None:
    audit_id = pair.house.give(pair.house.cycle(), "CF-01", pair.first, pair.second, mode)
    pair.first.do(record_note, RecordNote(audit_id, "S01.03", Facet.COMMENT, "Risk was  named late."))
    sharing = KeepSnippet("risk was named late", shared=True)
    if mode is Mode.BLIND:
        assert refused(pair.first, sharing) == "sealed-words"
        assert texts(pair.second) == []
        score_and_submit(pair.first, audit_id, S01_03="met")
        score_and_submit(pair.second, audit_id, S01_03="met")
    pair.first.do(keep_snippet, sharing)
    assert texts(pair.second) == [("risk was named late", True)]

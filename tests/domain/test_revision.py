"""The hash of a revision is fixed for ever: golden vectors, and that every column counts."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.canonical import canonical_json, stored_json
from auditor.domain.errors import BadInput
from auditor.domain.revision import GENESIS, Revision, heads, new_id, revision_hash, shown_head, stream_of

PLAIN = Revision(
    rev_id="01890000000070008000000000000001",
    authority_id="01890000000070008000000000000aaa",
    entity="audit",
    entity_id="01890000000070008000000000000bbb",
    scope_id="01890000000070008000000000000bbb",
    slot="A",
    key="S01.10/answer",
    parents=(),
    value=bytes.fromhex("00ff10"),
    author_id="01890000000070008000000000000ccc",
    device_id="01890000000070008000000000000ddd",
    stream_id="01890000000070008000000000000bbb/A/01890000000070008000000000000ddd",
    stream_seq=1,
    lamport=1,
    wall_clock="2026-11-24T10:42:07.000+00:00",
    kind="set",
    prev_hash=GENESIS,
)
CHAINED = dataclasses.replace(
    PLAIN,
    rev_id="01890000000070008000000000000002",
    parents=("01890000000070008000000000000001",),
    stream_seq=2,
    lamport=2,
    key="S01.10/comment",
    wall_clock="2026-11-24T10:42:08.000+00:00",
    prev_hash=bytes.fromhex("9f937cf35f5f8f42753fb712e16511b7d75d614fd5163e42b80495962fa4f8fb"),
)
GOLDEN = {
    "plain": (PLAIN, "9f937cf35f5f8f42753fb712e16511b7d75d614fd5163e42b80495962fa4f8fb"),
    "chained": (CHAINED, "99d45ae0b2fe1bf8febda25fb78dabf7afafbf44205223902fce7ca46a3b4ae7"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_vectors(name: str) -> None:
    revision, expected = GOLDEN[name]
    assert revision_hash(revision).hex() == expected


_OTHER = {str: "other", int: 99, bytes: b"other", tuple: ("other",)}


@pytest.mark.parametrize("column", [f.name for f in dataclasses.fields(Revision) if f.name != "hash"])
def test_every_column_counts(column: str) -> None:
    value = getattr(PLAIN, column)
    changes: Any = {column: _OTHER[type(value)]}
    changed = dataclasses.replace(PLAIN, **changes)
    assert revision_hash(changed) != revision_hash(PLAIN)


def test_composed_and_decomposed_text_hash_alike() -> None:
    composed, decomposed = (dataclasses.replace(PLAIN, key=text) for text in ("caf\u00e9", "cafe\u0301"))
    assert revision_hash(composed) == revision_hash(decomposed)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(json_values)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(value: object) -> None:
    def reversed_keys(item: object) -> object:
        if isinstance(item, dict):
            return {key: reversed_keys(inner) for key, inner in reversed(item.items())}
        return [reversed_keys(inner) for inner in item] if isinstance(item, list) else item

    assert stored_json(reversed_keys(value)) == stored_json(value)


def test_floats_are_refused() -> None:
    for write in (canonical_json, stored_json):
        with pytest.raises(BadInput):
            write({"a": [1.5]})


def test_heads_are_what_nobody_replaces() -> None:
    left = dataclasses.replace(CHAINED, rev_id="2l", parents=(PLAIN.rev_id,), device_id="l")
    right = dataclasses.replace(CHAINED, rev_id="2r", parents=(PLAIN.rev_id,), device_id="r")
    joined = dataclasses.replace(CHAINED, rev_id="3", parents=("2l", "2r"), lamport=3)
    assert heads([PLAIN, left, right]) == [left, right]
    assert shown_head([left, right]) is right
    assert heads([joined, left, PLAIN, right]) == [joined]


def test_new_ids_rise() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(set(made))


def test_streams_differ_by_slot_and_device() -> None:
    assert len({stream_of("x", slot, device) for slot in ("A", "B") for device in ("1", "2")}) == 4

"""Whatever order whole streams and their parts arrive in, every machine shows the same and `verify` finds nothing."""

import dataclasses
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain.revision import GENESIS, Entity, Revision, heads, new_id, revision_hash, stream_of
from auditor.services.templates import KeepTemplate, keep_template
from auditor.store.projections import Projections
from auditor.store.queries.entries import conflicts
from auditor.store.queries.findings import cells
from auditor.store.register import conflicting
from auditor.store.unit_of_work import UnitOfWork
from auditor.store.verify import verify
from tests.kit import open_house, small_plain

AUDIT, KEY = "x" * 32, "S01.02/answer"


class Elsewhere:
    """Computers that write the register, each seeing of the others what it is told."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit = unit
        self.streams: dict[str, list[Revision]] = {}

    def write(self, device: str, value: str, parents: list[Revision]) -> Revision:
        stream = self.streams.setdefault(device, [])
        rev_id = new_id()
        sealed = self.unit.ledger._keys.seal(self.unit.connection, AUDIT, rev_id, f'{{"v":"{value}"}}')
        made = Revision(
            rev_id, self.unit.workspace_id, "audit", AUDIT, AUDIT, "facts", KEY, tuple(one.rev_id for one in parents),
            sealed, "me", device, stream_of(AUDIT, "facts", device), len(stream) + 1,
            max((one.lamport for one in parents), default=0) + 1, "2026-11-24T09:00:00.000+00:00", "set",
            stream[-1].hash if stream else GENESIS,
        )  # fmt: skip
        stream.append(dataclasses.replace(made, hash=revision_hash(made)))
        return stream[-1]


acts = st.lists(
    st.tuples(st.sampled_from(["d1", "d2", "d3"]), st.sampled_from(["yes", "no", "not_evidenced"]), st.integers(0, 7)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(acts, st.randoms(use_true_random=False))
def test_streams_in_any_order_show_the_same(written: list[tuple[str, str, int]], chance) -> None:  # type: ignore[no-untyped-def]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, open_house(Path(folder)) as house:
        with house.opened.records.write() as unit:
            elsewhere = Elsewhere(unit)
            known: list[Revision] = []
            for device, value, seen in written:
                own = elsewhere.streams.get(device, [])
                parents = {one.rev_id: one for one in (*own[-1:], *known[seen : seen + 1])}
                known.append(elsewhere.write(device, value, list(parents.values())))
            queues = [list(stream) for stream in elsewhere.streams.values()]
            while any(queues):
                queue = chance.choice([queue for queue in queues if queue])
                Projections(unit.connection, unit.setups, unit.ledger).apply(unit.ledger.admit(queue.pop(0)))
            expected = {one.rev_id for one in heads(known)}
            row = unit.connection.exec_driver_sql("SELECT head, other_heads FROM register WHERE key = ?", (KEY,)).one()
            shown = {row[0], *(known_one.rev_id for known_one in known if row[1] and known_one.rev_id in row[1])}
            assert shown == expected
            values = {one.value for one in conflicting(unit.connection, AUDIT).get(("facts", KEY), [])}
            assert bool(values) == bool(conflicts(unit, AUDIT))
        assert verify(house.opened.records).problems == ()


def test_a_template_that_arrives_last_is_counted(tmp_path: Path) -> None:
    with open_house(tmp_path / "there") as house:
        template_hash = house.lead.do(keep_template, KeepTemplate(small_plain())).made
    with open_house(tmp_path / "here") as house:
        setup = {"cycle": "c" * 32, "case": "k", "template": template_hash, "mode": "blind"}
        with house.opened.records.write() as unit:
            unit.record("me", Entity.AUDIT, AUDIT, KEY, {"v": "no"}, "facts")
            unit.record("me", Entity.AUDIT, AUDIT, "setup", setup)  # type: ignore[arg-type]
            assert cells(unit, "c" * 32) == {}
        house.lead.do(keep_template, KeepTemplate(small_plain()))
        with house.opened.records.read() as view:
            assert cells(view, "c" * 32)["recording"][AUDIT].unfavourable == 1
        assert verify(house.opened.records).problems == ()

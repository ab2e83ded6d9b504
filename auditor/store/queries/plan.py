"""The programme as it is planned: rhythms of rounds, service areas, activities expected of them and their evidence."""

import json
from datetime import date

from auditor.domain.canonical import Json
from auditor.domain.programme_plan import Exemption, Month, Rhythm
from auditor.domain.qa_framework import Activity, ActivityKind, Area, Evidence
from auditor.domain.revision import Entity
from auditor.store.queries.registers import value_of, values_of_all
from auditor.store.unit_of_work import View

RHYTHM, AREA, ACTIVITY, EVIDENCE, TARGET, ROUND_OF = "rhythm", "area", "activity", "evidence", "target", "round_of"
PROGRAMME = "programme"
"""The entity that holds what is said of the programme as a whole."""

_EXEMPT = "exempt/"


def exempt_key(month: Month) -> str:
    """The register of the exemption of a rhythm's round."""
    return f"{_EXEMPT}{month}"


def target(view: View) -> int:
    """How many audits are to be agreed in a month."""
    found = value_of(view, PROGRAMME, TARGET)
    return found if isinstance(found, int) else 0


def rhythms(view: View) -> list[Rhythm]:
    """Every rhythm that stands, by title."""
    found = (_rhythm(one, plain) for one, plain in _standing(view, RHYTHM))
    return sorted(found, key=lambda rhythm: rhythm.title.casefold())


def areas(view: View) -> list[Area]:
    """The service areas, by title."""
    found = (Area(one, str(plain["title"]), _texts(plain["teams"])) for one, plain in _standing(view, AREA))
    return sorted(found, key=lambda area: area.title.casefold())


def activities(view: View) -> list[Activity]:
    """The activities expected, in the order they were added."""
    return [
        Activity(
            id=one,
            area_id=str(plain["area"]),
            kind=ActivityKind(str(plain["kind"])),
            title=str(plain["title"]),
            each=_int(plain["each"]),
            every=_int(plain["every"]),
            first=Month.parse(str(plain["first"])),
            last=_month(plain.get("last")),
        )
        for one, plain in _standing(view, ACTIVITY)
    ]


def evidence(view: View) -> list[Evidence]:
    """What was recorded as evidence, in the order it was."""
    return [
        Evidence(
            id=one,
            activity_id=str(plain["activity"]),
            month=Month.parse(str(plain["month"])),
            count=_int(plain["count"]),
            what=str(plain["what"]),
            by=str(plain["by"]),
        )
        for one, plain in _standing(view, EVIDENCE)
    ]


def exemptions(view: View) -> dict[tuple[str, Month], Exemption]:
    """The rounds that need not be held, by rhythm id and month."""
    rows = view.connection.exec_driver_sql(
        "SELECT entity_id, key, value FROM register WHERE entity = ? AND slot = '' AND key >= ? AND key < 'exempt0'",
        (Entity.PLAN.value, _EXEMPT),
    )
    found = ((one, Month.parse(key.removeprefix(_EXEMPT)), json.loads(value)) for one, key, value in rows)
    return {
        (one, month): Exemption(str(plain["reason"]), str(plain["by"]), date.fromisoformat(str(plain["on"])))
        for one, month, plain in found
        if plain
    }


def cycles_of_rounds(view: View) -> dict[tuple[str, Month], str]:
    """The cycle that was started for a round, by rhythm id and month."""
    found = values_of_all(view, Entity.CYCLE, ROUND_OF)
    plain = {cycle: values[ROUND_OF] for cycle, values in found.items()}
    return {
        (str(of["rhythm"]), Month.parse(str(of["month"]))): cycle for cycle, of in plain.items() if isinstance(of, dict)
    }


def rhythm_plain(rhythm: Rhythm) -> dict[str, Json]:
    """The form kept in the ledger."""
    return {
        "title": rhythm.title,
        "templates": list(rhythm.templates),
        "every": rhythm.every,
        "first": str(rhythm.first),
        "due_day": rhythm.due_day,
        "target": rhythm.target,
        "last": str(rhythm.last) if rhythm.last else None,
    }


def activity_plain(activity: Activity) -> dict[str, Json]:
    """The form kept in the ledger."""
    return {
        "area": activity.area_id,
        "kind": activity.kind.value,
        "title": activity.title,
        "each": activity.each,
        "every": activity.every,
        "first": str(activity.first),
        "last": str(activity.last) if activity.last else None,
    }


def _rhythm(one: str, plain: dict[str, Json]) -> Rhythm:
    return Rhythm(
        id=one,
        title=str(plain["title"]),
        templates=_texts(plain["templates"]),
        every=_int(plain["every"]),
        first=Month.parse(str(plain["first"])),
        due_day=_int(plain["due_day"]),
        target=_int(plain["target"]),
        last=_month(plain.get("last")),
    )


def _standing(view: View, key: str) -> list[tuple[str, dict[str, Json]]]:
    """What was not taken back, in the order it was made."""
    found = ((one, values[key]) for one, values in values_of_all(view, Entity.PLAN, key).items())
    return [(one, plain) for one, plain in found if isinstance(plain, dict)]


def _month(value: Json) -> Month | None:
    return Month.parse(value) if isinstance(value, str) else None


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _int(value: Json) -> int:
    return value if isinstance(value, int) else 0

"""Builds a `Template` from its plain form: the nested dicts and lists that stand in the YAML file and in the ledger.

The plain form keeps only what was written; defaults are filled in here, so the content hash does not change when a
default is added. It has been checked before it gets here: this module trusts it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from auditor.domain.canonical import canonical_json
from auditor.domain.template import (
    AnswerType,
    CompletedBy,
    Indicator,
    LimitingRule,
    Option,
    Period,
    Polarity,
    PracticeArea,
    Question,
    Regime,
    Scale,
    Section,
    SourcedRule,
    Standing,
    Template,
    Theme,
    Tier,
    UrgentConcern,
)
from auditor.domain.template_parts import Method, ReadsAs, Scoring, SharedEvent

Plain = Mapping[str, Any]

_OPTION_TYPES = {AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.GRADE}
_WORST = ("not_met", "not_evidenced", "unfavourable")
_RULE_HEAD = {"id", "title", "source", "verified"}


def template_hash(plain: Plain) -> str:
    """The name of a template's content: SHA-256 of the canonical JSON of what is written, as 64 hex digits."""
    return hashlib.sha256(canonical_json(plain)).hexdigest()


def template_from_plain(plain: Plain) -> Template:
    """The template that the plain form describes."""
    scales = {item["id"]: _scale(item) for item in plain.get("scales", ())}
    overall = plain.get("overall") or {}
    return Template(
        id=plain["id"],
        title=plain["title"],
        version=plain.get("version", "1"),
        hash=template_hash(plain),
        master=plain.get("master", ""),
        purpose=plain.get("purpose", ""),
        overall_question=overall.get("question", ""),
        heat_steps=tuple(plain.get("heat_steps", (0, 25, 50, 75))),
        na_reasons=tuple(plain.get("na_reasons", ())),
        themes=tuple(Theme(item["id"], item["title"]) for item in plain.get("themes", ())),
        sections=tuple(_section(item, scales) for item in plain["sections"]),
        indicators=tuple(
            Indicator(item["id"], item["title"], item["when"], item.get("among", ""))
            for item in plain.get("indicators", ())
        ),
        timescales=tuple(_rule(item) for item in plain.get("timescales", ())),
        consistency=tuple(_rule(item) for item in plain.get("consistency", ())),
        regimes=tuple(_regime(item) for item in plain.get("regimes", ())),
        period=Period(**plain["period"]) if "period" in plain else None,
        limiting_rules=tuple(_limiting_rule(item) for item in plain.get("limiting_rules", ())),
        urgent_concern=_urgent(plain["urgent_concern"]) if "urgent_concern" in plain else None,
        practice_areas=tuple(PracticeArea(item["id"], item["title"]) for item in plain.get("practice_areas", ())),
        scoring=_scoring(plain["scoring"], plain["sections"]) if "scoring" in plain else None,
        shared_events=tuple(
            SharedEvent(item["id"], item["title"], tuple(item["questions"])) for item in plain.get("shared_events", ())
        ),
    )


def _scale(item: Plain) -> Scale:
    return Scale(item["id"], item.get("title", item["id"]), _options(item["options"]), item.get("ordered", False))


def _options(items: list[Plain]) -> tuple[Option, ...]:
    return tuple(
        Option(
            code=item["code"],
            label=item["label"],
            stands_for=Standing(item.get("stands_for", "none")),
            descriptor=item.get("descriptor", ""),
        )
        for item in items
    )


def _section(item: Plain, scales: Mapping[str, Scale]) -> Section:
    return Section(
        id=item["id"],
        title=item["title"],
        short=item.get("short", item["title"]),
        purpose=item.get("purpose", ""),
        applies_if=item.get("applies_if", "always"),
        themes=tuple(item.get("themes", ())),
        when=item.get("when", ""),
        questions=tuple(_question(question, item, scales) for question in item["questions"]),
    )


def _question(item: Plain, section: Plain, scales: Mapping[str, Scale]) -> Question:
    kind = AnswerType(item["type"])
    scale = scales.get(item.get("scale", ""))
    options = _options(item["options"]) if "options" in item else scale.options if scale else ()
    return Question(
        id=item["id"],
        text=item["text"],
        type=kind,
        short=item.get("short", ""),
        options=options if kind in _OPTION_TYPES else (),
        ordered=bool(scale and scale.ordered),
        themes=tuple(item.get("themes", ())),
        completed_by=CompletedBy(item.get("completed_by", "auditor")),
        tier=Tier(item.get("tier", "core")),
        polarity=Polarity(item.get("polarity", "neutral")),
        na_allowed=item.get("na_allowed", False),
        limiting=item.get("limiting", ""),
        immediate=item.get("immediate", False),
        derived=item.get("derived", ""),
        guidance=item.get("guidance", ""),
        evidence=item.get("evidence", ""),
        tags=tuple(item.get("tags", ())),
        relevant=item.get("relevant", ""),
        gate=item.get("gate", False),
        serves=tuple(item.get("serves", section.get("serves", ()))),
    )


def _rule(item: Plain) -> SourcedRule:
    return SourcedRule(
        id=item["id"],
        title=item["title"],
        source=item.get("source", ""),
        verified=item.get("verified", False),
        body={key: value for key, value in item.items() if key not in _RULE_HEAD},
    )


def _regime(item: Plain) -> Regime:
    days = {key: date.fromisoformat(item[key]) for key in ("since", "until", "instead_of") if key in item}
    return Regime(item["id"], item["title"], replaced_by=item.get("replaced_by", ""), **days)


def _limiting_rule(item: Plain) -> LimitingRule:
    caps_at = item.get("caps_at", "")
    return LimitingRule(item["id"], item["title"], int(caps_at) if caps_at else None)


def _urgent(item: Plain) -> UrgentConcern:
    return UrgentConcern(item["question"], tuple(item["raised"]))


def _scoring(item: Plain, sections: list[Plain]) -> Scoring:
    return Scoring(
        method=Method(item["method"]),
        reads_as=ReadsAs(item.get("reads_as", "count")),
        points=_points(item["points"]) if "points" in item else {},
        option_points=_option_points(item.get("options", ()), sections),
        weights=item.get("weights", {}),
    )


def _points(item: Plain) -> dict[str, int]:
    """The points of every outcome: not evidenced, and an unfavourable yes or no, are worth what not met is."""
    worst = item.get("not_met", 0)
    return {"met": item["met"], "partly": item["partly"]} | dict.fromkeys(_WORST, worst)


def _option_points(items: Sequence[Plain], sections: list[Plain]) -> dict[str, Mapping[str, int]]:
    """Points by question: those of its scale, or its own."""
    of_scales = {item["scale"]: item["points"] for item in items if "scale" in item}
    of_questions = {item["question"]: item["points"] for item in items if "question" in item}
    questions = [question for section in sections for question in section["questions"]]
    by_scale = {q["id"]: of_scales[q["scale"]] for q in questions if q.get("scale") in of_scales}
    return by_scale | of_questions

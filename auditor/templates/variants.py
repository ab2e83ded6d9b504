"""Resolves a variant: the selection from its master that an audit is carried out with, under its own hash."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.domain.errors import Place
from auditor.domain.template import Template
from auditor.domain.template_plain import template_from_plain
from auditor.templates.expressions import compile_expression
from auditor.templates.masters import Master
from auditor.templates.problems import Problem, TemplateProblems, did_you_mean, problem
from auditor.templates.rule_names import consistency_needs, timescale_needs
from auditor.templates.schema import LabelSetForm, MasterForm, VariantForm
from auditor.templates.scoring_selection import scored_and_shared
from auditor.templates.selection import Plain, asks_overall, sections_of, taken_questions, used

_CARRIED = ("format", "version", "language", "purpose", "heat_steps", "na_reasons", "regimes", "practice_areas")


@dataclass(frozen=True)
class Resolved:
    """A variant ready for use. `dropped_rules` are the indicators and rules whose questions it leaves out; each
    has a `cannot-run` warning too."""

    plain: Mapping[str, Any]
    template: Template
    hash: str
    dropped_rules: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RuleNeeds:
    """An indicator or rule, where it stands in the form, and the questions each of its ways to run needs."""

    part: str
    at: int
    id: str
    title: str
    ways: tuple[frozenset[str], ...]

    def can_run(self, taken: Collection[str]) -> bool:
        """Whether one of its ways needs nothing that is not taken."""
        return any(way.issubset(taken) for way in self.ways)

    def missing(self, taken: Collection[str]) -> list[str]:
        """The questions it would need as well."""
        return sorted(frozenset[str]().union(*self.ways).difference(taken))


def resolve(master: Master, variant_id: str, extra_sections: Collection[str] = ()) -> Resolved:
    """The variant of that id, with further sections of the master where a re-audit needs them; raises
    `TemplateProblems` (`variant-unknown`, `variant-section-unknown`) if there is none."""
    return resolve_form(master, _widened(master, _variant(master, variant_id), extra_sections))


def resolve_form(master: Master, variant: VariantForm) -> Resolved:
    """A selection from the master, whether or not the master's file names it among its variants."""
    taken = taken_questions(master.form, variant)
    dropped = _cannot_run(master, taken)
    plain = _plain(master, variant, taken, {one for one, _ in dropped})
    template = template_from_plain(plain)
    warnings = [*master.warnings, *(found for _, found in dropped)]
    return Resolved(plain, template, template.hash, tuple(one for one, _ in dropped), tuple(warnings))


def _variant(master: Master, variant_id: str) -> VariantForm:
    found = next((item for item in master.variants if item.id == variant_id), None)
    if found is None:
        known = [item.id for item in master.variants]
        remedy = did_you_mean(variant_id, known, f"It has: {', '.join(known)}.")
        message = f"The template {master.id} has no variant {variant_id}."
        raise TemplateProblems([problem("variant-unknown", Place(master.file), message, remedy)])
    return found


def _widened(master: Master, variant: VariantForm, extra: Collection[str]) -> VariantForm:
    sections = [section.id for section in master.form.sections]
    for name in extra:
        if name not in sections:
            remedy = did_you_mean(name, sections, "Name a section of this form.")
            raise TemplateProblems(
                [problem("variant-section-unknown", Place(master.file), f"There is no section {name}.", remedy)]
            )
    if not extra or not variant.select.sections:
        return variant
    taken = {*variant.select.sections, *extra}
    select = variant.select.model_copy(update={"sections": [one for one in sections if one in taken]})
    return variant.model_copy(update={"select": select})


def _plain(master: Master, variant: VariantForm, taken: frozenset[str], dropped: set[str]) -> Plain:
    source = master.plain
    sections = sections_of(master.form, taken)
    kept = {
        "themes": used(sections, "themes"),
        "scales": used(sections, "scale"),
        "limiting_rules": used(sections, "limiting"),
    }
    plain: Plain = {key: source[key] for key in _CARRIED if key in source}
    plain |= {"id": variant.id, "master": master.id, "title": variant.title, "sections": sections}
    if variant.focus:
        plain["purpose"] = variant.focus
    if asks_overall(variant) and master.form.overall and master.form.overall.question in taken:
        plain["overall"] = source["overall"]
    if master.form.period and {master.form.period.start, master.form.period.end} <= taken:
        plain["period"] = source["period"]
    if master.form.urgent_concern and master.form.urgent_concern.question in taken:
        plain["urgent_concern"] = source["urgent_concern"]
    plain |= scored_and_shared(master.form, source, variant, sections)
    for key, ids in kept.items():
        plain[key] = [item for item in source.get(key, ()) if item["id"] in ids]
    for key in ("indicators", "timescales", "consistency"):
        plain[key] = [item for item in source.get(key, ()) if item["id"] not in dropped]
    labels = next((item for item in master.form.label_sets if item.id == variant.labels), None)
    if labels:
        plain["scales"] = [_relabelled(scale, labels) for scale in plain["scales"]]
    return plain


def _relabelled(scale: Plain, labels: LabelSetForm) -> Plain:
    if scale["id"] != labels.scale:
        return scale
    options = [{**option, "label": labels.labels.get(option["code"], option["label"])} for option in scale["options"]]
    return {**scale, "options": options}


def needs_of(form: MasterForm) -> list[RuleNeeds]:
    """What each indicator and rule of a form needs, in the order they stand."""
    needs = [
        RuleNeeds(
            "indicators",
            i,
            item.id,
            item.title,
            (frozenset((*compile_expression(item.when).questions, *_among(item.among))),),
        )
        for i, item in enumerate(form.indicators)
    ]
    needs += [
        RuleNeeds("timescales", i, item.id, item.title, (timescale_needs(item),))
        for i, item in enumerate(form.timescales)
    ]
    needs += [
        RuleNeeds("consistency", i, item.id, item.title, tuple(consistency_needs(item)))
        for i, item in enumerate(form.consistency)
    ]
    return needs


def _cannot_run(master: Master, taken: frozenset[str]) -> list[tuple[str, Problem]]:
    """Indicators and rules that need a question outside the selection, each with the warning that says so."""
    return [
        (rule.id, _warning(master, (rule.part, rule.at), rule.id, rule.missing(taken)))
        for rule in needs_of(master.form)
        if not rule.can_run(taken)
    ]


def _among(text: str) -> tuple[str, ...]:
    return compile_expression(text).questions if text else ()


def _warning(master: Master, path: tuple[str, int], one: str, missing: list[str]) -> Problem:
    message = f"{one} cannot run in this variant: {', '.join(missing)} left out."
    place = master.document.place(*path)
    return problem("cannot-run", place, message, "Select its sections as well, or do without it.")

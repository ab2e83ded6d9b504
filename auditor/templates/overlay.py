"""Puts an authority's overlay on a master: its own sections, rules, labels and limits. The master stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.domain.errors import BadInput, Place
from auditor.domain.spans import Unit
from auditor.domain.template import SourcedRule
from auditor.domain.timescale import Limit, check_local_limit, rule_of
from auditor.templates.draft import draft_of, shaped
from auditor.templates.overlay_schema import LimitChangeForm, OverlayForm
from auditor.templates.problems import Problem, TemplateProblems, did_you_mean, problem
from auditor.templates.schema import MasterForm, plain_of
from auditor.templates.yaml_reader import Document, KeyPath

_ADDED = (
    "scales",
    "label_sets",
    "themes",
    "sections",
    "indicators",
    "timescales",
    "consistency",
    "variants",
)
"""The lists an overlay may add to; the ids of sections and rules among them start with L."""
_OWN = ("sections", "timescales", "consistency")
_CHANGES = {*_ADDED, "labels", "limits", "change_over", "also_in"} - {"variants"}
"""What makes another version of the master. Further selections from it change nothing it says."""


@dataclass(frozen=True)
class Overlaid(Document):
    """A master with an overlay on it. `places` are those of the overlay's parts."""

    places: Mapping[KeyPath, Place] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """Where the value at that path stands, in the overlay or else in the master."""
        around = (path[:end] for end in range(len(path), 0, -1))
        nearest = next((part for part in around if part in self.places or part in self.lines), ())
        return self.places.get(nearest) or super().place(*path)


def is_overlay(document: Document) -> bool:
    """Whether the file says that it is an overlay."""
    return "overlay_of" in document.plain


def overlaid(master: Document, overlay: Document) -> Overlaid:
    """The two as one document; raises `TemplateProblems` where they do not fit together."""
    own, form = shaped(overlay, OverlayForm), draft_of(master).form
    problems = [*_other_master(form, own, overlay), *_ids(form, own, overlay), *_limits(form, own, overlay)]
    problems += [*_variants(form, own, overlay), *_repeated(own, overlay), *_labels(form, own, overlay)]
    problems += _regimes(form, own, overlay)
    if problems:
        raise TemplateProblems(problems)
    plain = dict(master.plain)
    places: dict[KeyPath, Place] = {}
    for name in _ADDED:
        _add(name, plain, overlay, places)
    _replace_limits(plain, own, overlay, places)
    _change_over(plain, own, overlay, places)
    _widen_variants(plain, own, len(form.variants))
    if own.model_fields_set & _CHANGES:
        plain["version"] = f"{form.version}+{own.id}.{own.version}"
        places[("version",)] = overlay.place("version")
    return Overlaid(master.file, plain, master.lines, places)


def _add(name: str, plain: dict[str, Any], overlay: Document, places: dict[KeyPath, Place]) -> None:
    """Append the overlay's items to the master's list, each part with its place."""
    before, added = plain.get(name, []), overlay.plain.get(name, [])
    if not added:
        return
    plain[name] = [*before, *added]
    for path in overlay.lines:
        if path[0] == name and len(path) > 1:
            places[(name, len(before) + int(path[1]), *path[2:])] = overlay.place(*path)


def _replace_limits(plain: dict[str, Any], own: OverlayForm, overlay: Document, places: dict[KeyPath, Place]) -> None:
    changes = {change.rule: (n, change) for n, change in enumerate(own.limits)}
    plain["timescales"] = list(plain.get("timescales", ()))
    for at, rule in enumerate(plain["timescales"]):
        if rule["id"] not in changes:
            continue
        n, change = changes[rule["id"]]
        said = {"limit": str(change.limit), "unit": change.unit, "source": change.source}
        before = {"instead_of": {key: rule[key] for key in ("limit", "unit")}}
        plain["timescales"][at] = {**rule, **said, **before, "verified": "false", "confidence": "Set by the authority"}
        places |= {("timescales", at, key): overlay.place("limits", n) for key in said}


def _change_over(plain: dict[str, Any], own: OverlayForm, overlay: Document, places: dict[KeyPath, Place]) -> None:
    """Give regimes the first day they have for the authority."""
    changes = {change.regime: (n, change) for n, change in enumerate(own.change_over)}
    if changes:
        plain["regimes"] = list(plain["regimes"])
    for at, regime in enumerate(plain.get("regimes", ())):
        if regime["id"] not in changes:
            continue
        n, change = changes[regime["id"]]
        said = {"since": change.since, "instead_of": regime["since"], "note": change.source}
        plain["regimes"][at] = {**regime, **said}
        places |= {("regimes", at, key): overlay.place("change_over", n, "since") for key in said}


def _widen_variants(plain: dict[str, Any], own: OverlayForm, masters: int) -> None:
    """Give the master's variants the authority's sections and labels; its own variants say themselves what they
    take."""
    more = {item.variant: item.sections for item in own.also_in}
    changed = list(plain["variants"])
    for at, variant in enumerate(changed[:masters]):
        select = variant["select"]
        if variant["id"] in more and "sections" in select:
            select = {**select, "sections": [*select["sections"], *more[variant["id"]]]}
        labels = {"labels": own.labels} if own.labels and "labels" not in variant else {}
        changed[at] = {**variant, **labels, "select": select}
    plain["variants"] = changed


def _other_master(form: MasterForm, own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    if own.overlay_of != form.id:
        place = overlay.place("overlay_of")
        message = f"This overlay belongs on {own.overlay_of}, and the master is {form.id}."
        yield problem("overlay-master", place, message, "Name the master it was written for.")


def _ids(form: MasterForm, own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    for name in _ADDED:
        taken = {item.id for item in getattr(form, name)}
        for at, item in enumerate(getattr(own, name)):
            place = overlay.place(name, at, "id")
            if item.id in taken:
                message = f"The master uses the id {item.id} already."
                yield problem("overlay-id-taken", place, message, "Give it an id that the master does not use.")
            elif name in _OWN and not item.id.startswith("L"):
                message = f"{item.id} could be an id of the master in another version."
                yield problem("overlay-own-id", place, message, "Start it with L: L01 for a section, L1 for a rule.")


def _repeated(own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    """A rule or variant that is changed twice: the second could undo the first."""
    lists = {("limits", "rule"): [item.rule for item in own.limits]}
    lists["also_in", "variant"] = [item.variant for item in own.also_in]
    lists["change_over", "regime"] = [item.regime for item in own.change_over]
    for (name, key), ids in lists.items():
        for at, one in enumerate(ids):
            if one in ids[:at]:
                place = overlay.place(name, at, key)
                yield problem("id-repeated", place, f"{one} stands here a second time.", "Put both into one.")


def _labels(form: MasterForm, own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    known = [item.id for item in (*form.label_sets, *own.label_sets)]
    if own.labels and own.labels not in known:
        remedy = did_you_mean(own.labels, known, "Name one of the label sets.")
        message = f"There is no label set {own.labels}."
        yield problem("variant-labels-unknown", overlay.place("labels"), message, remedy)


def _limits(form: MasterForm, own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    rules = {rule.id: rule for rule in form.timescales}
    for n, change in enumerate(own.limits):
        if change.rule not in rules:
            remedy = did_you_mean(change.rule, rules, "Name a timescale of the master.")
            message = f"The master has no timescale {change.rule}."
            yield problem("overlay-limit", overlay.place("limits", n, "rule"), message, remedy)
        elif reason := _too_long(plain_of(rules[change.rule]), change):
            yield problem("overlay-limit", overlay.place("limits", n, "limit"), *reason)


def _regimes(form: MasterForm, own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    dated = [regime.id for regime in form.regimes if regime.since]
    for n, change in enumerate(own.change_over):
        if change.regime not in dated:
            remedy = did_you_mean(change.regime, dated, "Name a regime of the master that has a first day.")
            message = f"The master has no regime {change.regime} with a first day."
            yield problem("regime-unknown", overlay.place("change_over", n, "regime"), message, remedy)


def _too_long(rule: Mapping[str, Any], change: LimitChangeForm) -> tuple[str, str] | None:
    sourced = SourcedRule(rule["id"], rule["title"], rule["source"], rule["verified"], rule)
    try:
        check_local_limit(rule_of(sourced), Limit(change.limit, Unit(change.unit)))
    except BadInput as error:
        return error.message, error.remedy
    return None


def _variants(form: MasterForm, own: OverlayForm, overlay: Document) -> Iterator[Problem]:
    variants = {variant.id for variant in form.variants}
    sections = {section.id for section in (*form.sections, *own.sections)}
    for n, item in enumerate(own.also_in):
        if item.variant not in variants:
            remedy = did_you_mean(item.variant, variants, "Name a variant of the master.")
            message = f"The master has no variant {item.variant}."
            yield problem("variant-unknown", overlay.place("also_in", n, "variant"), message, remedy)
        for s, name in enumerate(item.sections):
            if name not in sections:
                remedy = did_you_mean(name, sections, "Name a section of the overlay.")
                place = overlay.place("also_in", n, "sections", s)
                yield problem("variant-section-unknown", place, f"There is no section {name}.", remedy)

"""Step 1 of a new cycle: its name, the template, the part of the files that is read, and when it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.desktop.drafts import Bound
from auditor.desktop.pages.cycles.proposals import proposed_due, proposed_period
from auditor.desktop.pages.cycles.reaudit_choice import NONE, ReauditChoice
from auditor.desktop.widgets.fields import Combo, Field, LineEdit
from auditor.desktop.widgets.labels import Label, WrapLabel
from auditor.desktop.widgets.panel import Note, Panel
from auditor.desktop.widgets.texts import DateField
from auditor.desktop.widgets.toggles import Segments
from auditor.desktop.words import many
from auditor.domain.programme import FactsBy
from auditor.domain.template import Template


@dataclass(frozen=True)
class Offer:
    """A template to choose: shipped ones have their plain form, kept ones their hash alone."""

    template: Template
    core: int
    plain: Mapping[str, Any]
    cannot_run: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class What:
    """What step 1 asked; a re-audit has no template to choose, and `first_cycle` is what it reads once more."""

    title: str
    offer: Offer | None
    period_start: date
    period_end: date
    due: date
    facts_by: FactsBy
    first_cycle: str = ""


class WhatStep(Panel):
    """The fields of step 1. `check()` says under each what is missing and gives the answers once nothing is."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(margins=(20, 16, 20, 16), spacing=12, parent=parent)
        self._offers: Sequence[Offer] = ()
        self.picked = ""
        """The hash of the template a person chose; empty while the proposed one stands."""
        self.wanted = ""
        """The id of the template that the programme proposes."""
        self.name = LineEdit("Title")
        self.template = Combo("Template")
        self.template.picked.connect(self.pick)
        self.reaudit = ReauditChoice()
        self.reaudit.changed.connect(self._settle)
        self.about = WrapLabel("Reading the templates…", "caption2")
        self.cannot = Note("", "", icon="help")
        self.cannot.hide()
        self.start, self.end, self.due = DateField("Period from"), DateField("Period to"), DateField("Due")
        self.facts = Segments("Facts", [(FactsBy.SHARED.value, "Entered once"), (FactsBy.BOTH.value, "By both")])
        self._name_field = Field("Title", self.name, hint="As reports will name this cycle.")
        self._template_field = Field("Template", self.template)
        self._dates = {
            "start": Field("Period from", self.start),
            "end": Field("Period to", self.end),
            "due": Field("Pairs agree by", self.due),
        }
        for key, date_field in (("start", self.start), ("end", self.end), ("due", self.due)):
            date_field.fault.connect(self._dates[key].fault)
        self._lay_out()
        self.reset("", today)

    def reset(self, title: str, today: date) -> None:
        """Propose everything anew."""
        first, last = proposed_period(today)
        for field, day in ((self.start, first), (self.end, last), (self.due, proposed_due(today))):
            field.set_iso(day.isoformat())
        self.name.setText(title)
        self.picked = ""
        self.reaudit.pick(NONE)
        self.facts.set_chosen(FactsBy.SHARED.value)

    def drafted(self) -> dict[str, QWidget | Bound]:
        """The fields a draft holds; the template may be chosen before the templates are read."""
        return {
            "title": self.name,
            "template": Bound(lambda: self.picked, self.pick, self.template.picked),
            "start": self.start,
            "end": self.end,
            "due": self.due,
            "facts": self.facts,
            "reaudit": Bound(lambda: self.reaudit.wanted, self.reaudit.pick, self.reaudit.earlier.picked),
        }

    def pick(self, template_hash: str) -> None:
        """Choose a template, as soon as it is offered; with an empty hash the proposed one stands."""
        self.picked = template_hash
        self._choose(template_hash)

    def offer(self, offers: Sequence[Offer]) -> None:
        """The templates to choose from; the one picked is chosen, else the first."""
        self._offers = offers
        titles = [offer.template.title for offer in offers]
        self.template.set_options([(offer.template.hash, _named(offer.template, titles)) for offer in offers])
        self._choose(self.picked)

    def arrive(self) -> None:
        """The title is ready to be typed over."""
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> What | None:
        """The answers, or None while something is missing or does not fit; the focus goes there."""
        days = {key: _read(field) for key, field in (("start", self.start), ("end", self.end), ("due", self.due))}
        iso = {key: day for key, (day, _fault) in days.items()}
        plan = self.reaudit.plan
        offer = None if plan else self._chosen()
        faults: list[tuple[Field, str]] = [
            (self._name_field, "" if self.name.text().strip() else "Give the cycle a title."),
            (self._template_field, "" if offer or plan else "Choose a template."),
            *((self._dates[key], fault) for key, (_day, fault) in days.items()),
        ]
        if iso["start"] and iso["end"] and iso["start"] > iso["end"]:
            faults.append((self._dates["end"], "The period ends before it starts."))
        for field, fault in faults:
            field.fault(fault)
        wrong = next((field for field, fault in faults if fault), None)
        if wrong is not None:
            wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        start, end, due = (date.fromisoformat(iso[key]) for key in ("start", "end", "due"))
        facts_by = FactsBy(self.facts.chosen)
        return What(self.name.text().strip(), offer, start, end, due, facts_by, plan.first.id if plan else "")

    def _chosen(self) -> Offer | None:
        return next((offer for offer in self._offers if offer.template.hash == self.template.value), None)

    def _choose(self, template_hash: str) -> None:
        known = any(offer.template.hash == template_hash for offer in self._offers)
        if known:
            self.template.set_value(template_hash)
        elif self._offers:
            ids = [offer.template.id for offer in self._offers]
            self.template.setCurrentIndex(ids.index(self.wanted) if self.wanted in ids else 0)
        self._describe()

    def _settle(self) -> None:
        """A re-audit brings its template along."""
        alone = self.reaudit.plan is None
        for widget in (self._template_field, self.about):
            widget.setVisible(alone)
        self.cannot.hide()
        self._describe()

    def _describe(self) -> None:
        offer = self._chosen()
        if offer is None or self.reaudit.plan is not None:
            return
        sections, core = many(len(offer.template.sections), "section"), many(offer.core, "core question")
        self.about.setText(f"{sections} · {core} and the cover sheet")
        self.cannot.setVisible(bool(offer.cannot_run))
        if offer.cannot_run:
            left_out = many(len(offer.cannot_run), "check needs", "checks need")
            self.cannot.words.setText(
                f"{left_out} questions that this template does not ask, and will not run. Everything else works."
            )

    def _lay_out(self) -> None:
        self.body.addWidget(self._name_field)
        self.body.addWidget(self.reaudit)
        self.body.addWidget(self._template_field)
        about = QVBoxLayout()
        about.setContentsMargins(4, 0, 4, 4)
        about.setSpacing(8)
        about.addWidget(self.about)
        about.addWidget(self.cannot)
        self.body.addLayout(about)
        days = QHBoxLayout()
        days.setSpacing(12)
        for field in self._dates.values():
            days.addWidget(field)
        days.addStretch(1)
        self.body.addLayout(days)
        facts = QVBoxLayout()
        facts.setContentsMargins(4, 0, 4, 4)
        facts.setSpacing(6)
        facts.addWidget(Label("Facts of a case", "label"))
        facts.addWidget(self.facts)
        note = "Dates, counts and the like: entered once for the pair, or by each auditor alone and then compared."
        facts.addWidget(WrapLabel(note, "caption"))
        self.body.addLayout(facts)
        self.body.addStretch(1)


def _read(field: DateField) -> tuple[str, str]:
    """The day as it stands in the field, or what is wrong with it."""
    field.commit()
    if field.faulty:
        return "", f"“{field.text().strip()}” is not a date. Type day/month/year."
    return field.iso, "" if field.iso else "Type a date."


def _named(template: Template, titles: Sequence[str]) -> str:
    """The version stands behind the title where several versions are offered."""
    several = titles.count(template.title) > 1
    return f"{template.title}, version {template.version}" if several else template.title

"""A small template with something of everything, and the means to spoil it in one place."""

SMALL = """\
format: 1
id: small
title: Small form
version: "1"
language: en-GB
purpose: Something of everything
overall: {question: S02.03}
heat_steps: [0, 25, 50, 75]
na_reasons: [Older than the period]
scales:
  - id: met
    title: Met
    ordered: true
    options:
      - {code: met, label: Met, stands_for: met, descriptor: Shown}
      - {code: not_met, label: Not met, stands_for: not_met}
      - {code: not_evidenced, label: Not evidenced, stands_for: not_evidenced}
  - id: grade
    title: Grade
    ordered: true
    options: [{code: "1", label: Good}, {code: "2", label: Poor}]
label_sets:
  - {id: old, title: Old words, scale: grade, labels: {"2": Adequate}}
themes:
  - {id: voice, title: Voice}
  - {id: plans, title: Plans}
limiting_rules:
  - {id: L1, title: Caps the grade, caps_at: "2"}
urgent_concern: {question: S02.01, raised: ["yes"]}
period: {start: S01.03, end: S01.04}
regimes:
  - {id: local, title: Local, replaced_by: new}
  - {id: new, title: New rules, since: "2013-04-15", until: "2030-12-31", note: As an example}
sections:
  - id: S01
    title: Seeing the child
    short: Seeing
    purpose: Was the child seen?
    applies_if: always
    themes: [voice]
    questions:
      - {id: S01.01, text: "How often?", type: count, themes: [voice], completed_by: business_support}
      - {id: S01.02, text: "Seen well?", type: choice, scale: met, themes: [voice], polarity: positive,
         na_allowed: true, limiting: L1}
      - {id: S01.03, text: First seen, type: date, themes: [voice], short: First}
      - {id: S01.04, text: Last seen, type: date, themes: [voice], tier: optional, immediate: true,
         relevant: "a['S01.01'] > 1"}
  - id: S02
    title: Planning
    short: Plan
    purpose: Is there a plan?
    applies_if: a plan is due
    when: "given['S02.01'] || a['S01.03'] >= regime['new'].since"
    themes: [plans]
    questions:
      - {id: S02.01, text: "On file?", type: choice, options: [{code: "yes", label: "Yes"}, {code: "no", label: "No"}],
         gate: true, themes: [plans]}
      - {id: S02.02, text: Second view, type: grade, scale: grade, derived: S02.03@B}
      - {id: S02.03, text: Overall grade, type: grade, scale: grade, guidance: Weigh it, tags: [key]}
indicators:
  - {id: not_seen, title: Not seen, when: "a['S01.01'] == 0", among: "a['S02.01'] == 'yes'"}
timescales:
  - {id: TR01, title: Between, start: S01.03, start_else: S01.04, end: S01.04, count: S01.01, attest: S02.01,
     limit: 6, unit: week, test: elapsed, when: "a['S01.01'] > 0",
     limits: [{when: "a['S01.01'] > 3", since: "2010-01-01", until: "2012-12-31", limit: 4, unit: week}],
     also: [{test: count, count: S01.01, limit: 1, unit: month,
       later: [{after: S01.03, months: 12, limit: 2, unit: month}]}],
     regime: local, source: Local, verified: false, confidence: R}
consistency:
  - {id: CR01, title: Seen, severity: error, when: "a['S01.01'] < 1 && given['S02.01']",
     each_question: "q.outcome == 'not_met' && q.comment == ''", each_section: "s.na_rate > 0.5 && !section_na['S01']",
     leads_to: [S01.02], message: Look again, source: Ours, verified: false, confidence: R}
variants:
  - {id: all, title: Everything, focus: All of it, frequency: yearly, select: {}}
  - {id: seeing, title: Seeing, select: {sections: [S01], tiers: [core], always: [S01]}}
"""

PROMPTED = SMALL.replace("limiting: L1}", 'limiting: L1, evidence: "Visit notes: date, who was there"}')
"""The same, and one question says where in the file to look."""

SCORED = PROMPTED.replace(
    "na_reasons:",
    """\
scoring: {method: points, reads_as: percent, points: {met: 2, partly: 1, not_met: 0},
  options: [{scale: grade, points: {"1": 2, "2": 0}}, {question: S02.01, points: {"yes": 1, "no": 0}}],
  weights: {S01.02: 3, S02: 2}}
shared_events:
  - {id: first_visit, title: First visit, questions: [S01.03, S02.01]}
na_reasons:""",
).replace("{id: seeing, title: Seeing,", "{id: seeing, title: Seeing, scoring: {method: share_met},")
"""That with a scoring method, another for one of its variants, and an event that brothers and sisters share."""


def spoiled(old: str, new: str) -> str:
    """The small form with one place changed."""
    assert SMALL.count(old) == 1, f"{old!r} stands {SMALL.count(old)} times"
    return SMALL.replace(old, new)

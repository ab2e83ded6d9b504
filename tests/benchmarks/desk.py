"""A section of 25 questions at the desk: first shown, and revisited, from the key to the painted window."""

import os
import tempfile
from datetime import date
from pathlib import Path

from tests.benchmarks.figures import Figure, percentile, timed

TIMES = 20


def run(times: int = TIMES) -> list[Figure]:
    """Medians over sections of the whole-file template cut to 25 questions each; aims are for this machine."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from auditor.desktop.main_window import MainWindow
    from auditor.desktop.pages.audits.page import AuditsPage
    from auditor.desktop.theme import theme
    from auditor.domain.roles import Role
    from auditor.services import cycles
    from auditor.services.templates import KeepTemplate, keep_template
    from tests.kit import open_house

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme().install(app)
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house:
        first, second = house.add("A. Auditor", Role.AUDITOR), house.add("B. Auditor", Role.AUDITOR)
        template = house.lead.do(keep_template, KeepTemplate(_sections_of_25(times + 2))).made
        period = (date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
        cycle = house.lead.do(cycles.create_cycle, cycles.CreateCycle("Bench (sample)", template, *period)).made
        house.lead.do(cycles.add_cases, cycles.AddCases(cycle, (cycles.NewCase("CF-01"),)))
        audit = house.give(cycle, "CF-01", first, second)
        window = MainWindow()
        page = AuditsPage(window.operations, first)
        window.add_page(page)
        window.resize(1366, 768)
        window.show()
        window.show_page("audits", audit)
        desk = page.desk
        assert desk is not None

        def shown(section_id: str) -> float:
            def show() -> None:
                desk.show_section(section_id)
                app.processEvents()
                window.grab()

            return timed(show)

        ids = [f"S{at:02d}" for at in range(1, times + 2)]
        new = [shown(section_id) for section_id in ids[1:]]
        again = [shown(section_id) for section_id in ids]
        window.close()
    return [
        Figure("section of 25 questions first shown", percentile(new, 50), aim="<= 35 ms"),
        Figure("section of 25 questions revisited", percentile(again[1:], 50), aim="<= 16 ms"),
    ]


def _sections_of_25(number: int) -> dict[str, object]:
    """The whole file's own questions, dealt out again 25 to a section, so that kinds of answer are mixed as in life."""
    from auditor.services.templates import shipped_templates

    plain = dict(shipped_templates()[0].plain)
    pool = [q for s in plain["sections"] for q in s["questions"] if not q.get("derived")]
    sections = []
    for at in range(number):
        questions = [{**pool[(at * 25 + place) % len(pool)], "id": f"S{at:02d}.{place + 1:02d}"} for place in range(25)]
        title = f"Section {at}"
        sections.append({"id": f"S{at:02d}", "title": title, "short": title, "questions": questions})
    kept = ("format", "id", "version", "language", "scales", "themes", "na_reasons")
    return {**{key: plain[key] for key in kept if key in plain}, "title": "Bench (sample)", "sections": sections}

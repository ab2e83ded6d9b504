"""The programme from the command line: planned, exempted, held, and what each service area lacks."""

from datetime import date

from auditor.domain.programme_plan import Month
from tests.cli.conftest import Office

THIS = str(Month.of(date.today()))


def test_a_round_is_planned_held_and_shown(office: Office) -> None:
    plan = ("programme", "plan", "--title", "Themes", "--template", "supervision-oversight", "--first", THIS)
    made = office.data(*plan, "--every", "3", "--target", "12", "--due-day", "31")
    assert made["title"] == "Themes"
    office.data("programme", "target", "20")
    shown = office.data("programme", "show", "--months", "4")
    assert [len(month["rounds"]) for month in shown["months"]] == [1, 0, 0, 1]
    assert shown["months"][0]["target"] == 20
    assert office.data("programme", "hold", "Themes", THIS, "--cycle", office.cycle)["cycle"] == office.cycle
    (line,) = office.data("programme", "show", "--months", "1")["months"][0]["rounds"]
    assert (line["round"], line["cycle"]) == ("Themes", office.cycle)
    assert line["due"] == "2026-12-01", "the day of the cycle that is held is the one that counts"
    assert "Themes" in office.run("programme", "show").stdout


def test_an_exemption_keeps_its_reason_and_can_be_taken_back(office: Office) -> None:
    office.data("programme", "plan", "--title", "Short round", "--template", "supervision-oversight", "--first", THIS)
    office.data("programme", "exempt", "Short round", THIS, "--reason", "Inspection")
    lines = office.data("programme", "show", "--months", "1")["months"][0]["rounds"]
    line = next(line for line in lines if line["round"] == "Short round")
    assert (line["state"], line["exempted_because"], line["exempted_by"]) == ("exempted", "Inspection", "L. Lead")
    office.data("programme", "exempt", "Short round", THIS)
    office.data("programme", "drop", "Short round")
    lines = office.data("programme", "show", "--months", "1")["months"][0]["rounds"]
    assert all(line["round"] != "Short round" for line in lines)


def test_the_framework_shows_the_gap_until_there_is_evidence(office: Office) -> None:
    office.data("programme", "area", "North", "--team", "Team one")
    expected = ("programme", "expect", "Observed visits", "--area", "north", "--kind", "observation")
    office.data(*expected, "--each", "2", "--first", THIS)
    (area,) = office.data("programme", "framework", "--months", "1")["areas"]
    assert area["months"] == [{"expected": 2, "evidenced": 0, "gap": 2}]
    office.data("programme", "evidence", "Observed visits", THIS, "--what", "Notes of the visit")
    assert "1/2" in office.run("programme", "framework", "--months", "1").stdout


def test_what_is_no_month_and_no_template_is_refused(office: Office) -> None:
    plan = ("programme", "plan", "--title", "T", "--first")
    assert office.run(*plan, "November", "--template", "supervision-oversight").stderr.startswith("month-unread:")
    assert office.run(*plan, THIS, "--template", "nonesuch").stderr.startswith("rhythm-templates:")
    assert office.run("programme", "hold", "Nothing", THIS, "--cycle", office.cycle).stderr.startswith("no-such-round:")

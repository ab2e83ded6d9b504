"""`auditor template keep`, `own`, `moved`, `drafts` and `publish` on the command line."""

from datetime import date
from pathlib import Path

from auditor.domain.audit import Mode
from auditor.domain.roles import Role
from auditor.services.cycles import AddCases, CreateCycle, NewCase, add_cases, create_cycle
from auditor.services.local_masters import KeepMaster, keep_master
from auditor.services.template_drafts import EditDraft, StartDraft, edit_draft, start_draft
from auditor.services.templates import KeepTemplate, keep_template
from auditor.services.workspace import unlock_workspace
from auditor.templates.masters import list_masters, parse_master
from auditor.templates.variants import resolve
from tests.cli.conftest import Office
from tests.kit import PASSPHRASE, PIN, open_house
from tests.templates.small_form import SMALL, spoiled

DAYS = ("--from", "01/01/2026", "--to", "01/02/2026", "--due", "01/03/2026")


def test_a_kept_form_is_listed_and_used_in_a_cycle(office: Office, tmp_path: Path) -> None:
    form = tmp_path / "small.yaml"
    form.write_text(SMALL)
    kept = office.data("template", "keep", str(form))
    assert (kept["id"], kept["version"], kept["variants"]) == ("small", "1", ["all", "seeing"])
    assert ("small", "small.yaml") in [(card["id"], card["source"]) for card in office.data("template", "own")]
    listed = office.data("template", "list", "--kept")
    assert [(row["id"], row["from"]) for row in listed if row["from"] == "own"] == [("all", "own"), ("seeing", "own")]
    made = office.data("cycle", "create", "--title", "Spring", "--template", "seeing", *DAYS)
    assert made["template"] == "seeing"
    assert office.data("template", "moved") == []
    again = office.run("template", "keep", str(form))
    assert again.exit_code == 1 and again.stderr.startswith("master-known")


def test_a_version_is_named_where_an_id_stands_for_two(office: Office, tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    text = list_masters()[0].read_text(encoding="utf-8")
    ours.write_text(text.replace('version: "2026.1"', "version: ours", 1), encoding="utf-8")
    office.data("template", "keep", str(ours))
    several = office.run("cycle", "create", "--title", "T", "--template", "statutory-visits", *DAYS)
    assert several.exit_code == 1 and several.stderr.startswith("no-such-template")
    assert "statutory-visits@ours" in several.stderr
    one = office.data("cycle", "create", "--title", "T", "--template", "statutory-visits@ours", *DAYS)
    assert one["template"] == "statutory-visits"


def test_a_form_with_something_wrong_is_not_kept(office: Office, tmp_path: Path) -> None:
    form = tmp_path / "small.yaml"
    form.write_text(spoiled("themes: [voice], completed_by", "themes: [vioce], completed_by"))
    before = office.data("template", "own")
    result = office.run("template", "keep", str(form))
    assert result.exit_code == 1 and result.stderr.startswith("theme-unknown")
    assert "theme-unknown" in result.stdout
    assert office.data("template", "own") == before


def test_drafts_are_listed_and_published(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        base = house.lead.do(keep_master, KeepMaster(parse_master(SMALL).plain)).made
        draft = house.lead.do(start_draft, StartDraft(base, "Our changes")).made
        house.lead.do(edit_draft, EditDraft(draft, {"question/S01.01/themes": ["nowhere"]}))
        office = Office(house.folder, "", "")
    listed = office.data("template", "drafts")
    assert [(row["id"], row["title"], row["to_put_right"]) for row in listed] == [(draft, "Our changes", 1)]
    stopped = office.run("template", "publish", draft, "--version", "2")
    assert stopped.exit_code == 1 and stopped.stderr.startswith("draft-not-ready")
    opened = unlock_workspace(office.folder, PASSPHRASE)
    lead = opened.sign_in_by_name("L. Lead", lambda: PIN)
    lead.do(edit_draft, EditDraft(draft, {"question/S01.01/themes": ["plans"]}))
    opened.lock()
    assert office.data("template", "publish", "our changes", "--version", "2")["version"] == "2"
    assert office.data("template", "drafts") == []
    assert [card["version"] for card in office.data("template", "own")] == ["2", "1"]


def test_publishing_says_which_audits_could_move(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        master = parse_master(SMALL)
        base = house.lead.do(keep_master, KeepMaster(master.plain)).made
        draft = house.lead.do(start_draft, StartDraft(base, "Our changes")).made
        house.lead.do(edit_draft, EditDraft(draft, {"question/S01.01/text": "Was the child seen?"}))
        kept = house.lead.do(keep_template, KeepTemplate(resolve(master, "all").plain)).made
        command = CreateCycle("Autumn", kept, date(2026, 5, 1), date(2026, 10, 31), date(2026, 12, 1))
        cycle = house.lead.do(create_cycle, command).made
        house.lead.do(add_cases, AddCases(cycle, (NewCase("CF-01", "Team one", "CIN", "5-9"),)))
        house.give(cycle, "CF-01", house.add("A. Auditor", Role.AUDITOR), None, Mode.SINGLE)
        office = Office(house.folder, cycle, "")
    published = office.run("template", "publish", draft, "--version", "2")
    assert published.exit_code == 0, published.stderr
    assert f"auditor audit move --cycle {cycle} --to 2 --propose" in published.stdout
    assert office.data("audit", "move", "--cycle", cycle, "--to", "2", "--propose")["cycle"] == cycle

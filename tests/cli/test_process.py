"""The command line as a process of its own: exit codes, pipes, consoles, prompts, and what a start imports."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from auditor.__main__ import main
from auditor.cli import run
from auditor.cli.root import auditor
from tests.cli.conftest import Office
from tests.kit import PASSPHRASE, PIN

SECRETS = {"AUDITOR_PASSPHRASE": PASSPHRASE, "AUDITOR_PIN": PIN, "AUDITOR_AS": "L. Lead"}


def start(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    known = os.environ | env
    return subprocess.run([sys.executable, "-m", "auditor", *arguments], env=known, capture_output=True, check=False)


def test_a_refusal_ends_the_process_with_1(tmp_path: Path) -> None:
    done = start("workspace", "info", str(tmp_path), AUDITOR_PASSPHRASE="x")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"not-a-workspace: ")


@pytest.mark.parametrize(
    "wrong",
    [
        ("nonsense",),
        ("--nonsense",),
        ("matrix",),
        ("matrix", "--cycle", "x", "--by", "nothing"),
        ("export", "theme-summary"),
        ("demo", "--text", "900"),
    ],
)
def test_what_is_not_understood_ends_with_1_and_a_code(wrong: tuple[str, ...]) -> None:
    assert start("--version").returncode == 0
    ended = start(*wrong)
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"usage: ")
    assert len(ended.stderr.splitlines()) == 1


def test_a_console_without_the_signs_gets_question_marks(office: Office) -> None:
    env = SECRETS | {"AUDITOR_WORKSPACE": str(office.folder), "PYTHONIOENCODING": "cp1252"}
    done = start("matrix", "--cycle", office.cycle, **env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"? 2/2" in done.stdout


def test_a_closed_pipe_is_no_traceback(office: Office) -> None:
    env = os.environ | SECRETS | {"AUDITOR_WORKSPACE": str(office.folder)}
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "auditor", "template", "show", "whole-file"]
    done = subprocess.run(command, env=env, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr == b""


def test_a_prompt_asks_without_showing_what_is_typed(office: Office) -> None:
    child, terminal = pty.fork()
    if child == 0:
        env = os.environ | {"AUDITOR_WORKSPACE": str(office.folder), "AUDITOR_AS": "L. Lead"}
        os.execve(sys.executable, [sys.executable, "-m", "auditor", "cycle", "list"], env)  # noqa: S606 - our own
    shown = _until(terminal, b"Passphrase: ")
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    shown += _until(terminal, b"PIN: ")
    os.write(terminal, PIN.encode() + b"\n")
    shown += _until(terminal, b"Autumn sample")
    os.close(terminal)
    os.waitpid(child, 0)
    assert PASSPHRASE.encode() not in shown
    assert PIN.encode() not in shown


def _until(terminal: int, wanted: bytes) -> bytes:
    seen = b""
    while wanted not in seen:
        seen += os.read(terminal, 4096)
    return seen


@pytest.mark.parametrize("noun", auditor.list_commands(None))  # type: ignore[arg-type]
def test_every_command_has_help(noun: str) -> None:
    from click.testing import CliRunner

    result = CliRunner().invoke(auditor, [noun, "--help"])
    assert result.exit_code == 0
    assert "Usage: auditor" in result.stdout
    command = auditor.get_command(None, noun)  # type: ignore[arg-type]
    for name in getattr(command, "commands", {}):
        inner = CliRunner().invoke(auditor, [noun, name, "--help"])
        assert inner.exit_code == 0
        assert "--help" in inner.stdout


@pytest.mark.parametrize("arguments", [(), ("--workspace", "anywhere")])
def test_the_window_is_refused_where_there_is_no_display(arguments: tuple[str, ...]) -> None:
    bare = {
        key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    done = subprocess.run([sys.executable, "-m", "auditor", *arguments], env=bare, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"no-display: ")


def test_the_window_opens_on_the_workspace_named(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path | None] = []

    def open_window(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("auditor.app.open_window", open_window)
    assert run(["--workspace", "audits"]) == 0
    monkeypatch.setattr(sys, "argv", ["auditor"])
    assert main() == 0
    monkeypatch.setenv("AUDITOR_WORKSPACE", "elsewhere")
    assert main() == 0
    assert opened == [Path("audits"), None, Path("elsewhere")]


def test_help_imports_no_database_and_no_window() -> None:
    check = (
        "import sys; sys.argv = ['auditor', '--help']\n"
        "from auditor.__main__ import main\n"
        "assert main() == 0\n"
        "heavy = {'sqlalchemy', 'PySide6', 'openpyxl', 'pydantic', 'cryptography'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_in_the_readme_is_one() -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    lines = [line.split("#")[0].split() for line in readme.splitlines() if line.startswith("auditor")]
    assert len(lines) > 3
    for words in lines:
        command: click.Command | None = auditor
        for word in words[1:]:
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            command = command.get_command(click.Context(command), word)
        assert command is not None, words
        known = {name for parameter in command.params for name in parameter.opts} | {"--help", "--version"}
        assert {word for word in words if word.startswith("--")} <= known, words

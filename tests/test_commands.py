"""Each command of the command line."""

import argparse
from importlib import import_module

import pytest

from compare.cli import _parser, main

(SUBPARSERS,) = (
    action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)
)
COMMANDS: dict[str, argparse.ArgumentParser] = SUBPARSERS.choices


@pytest.mark.parametrize("name", COMMANDS)
def test_it_has_a_function_that_is_there(name: str) -> None:
    module, _, function = COMMANDS[name].get_default("command").args[0].partition(":")
    assert callable(getattr(import_module(f"compare.{module}"), function))


@pytest.mark.slow
def test_false_positives_of_one_setting_are_counted_by_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("compare.commands.save", lambda *_: None)
    assert main(["false-positives", "descent", "--jobs", "2"]) == 0
    assert "descent" in capsys.readouterr().out

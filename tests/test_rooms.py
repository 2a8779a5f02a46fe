import re

from compare import ROOT
from tests.rooms import COMPARE, floors, rooms

# from the ground up: a room imports only rooms before it
ORDER = [
    *("safety", "numbers", "case", "run", "evidence", "judge", "explain", "report"),
    *("verify", "explore", "library", "commands", "cli"),
]
MOST_ENTRIES, MOST_LINES = 16, 250


def test_every_import_goes_down() -> None:
    assert set(rooms()) == set(ORDER)
    upwards = [
        f"{room} imports {other}"
        for room, others in rooms().items()
        for other in others
        if ORDER.index(other) > ORDER.index(room)
    ]
    assert upwards == []


def test_there_are_few_rooms_on_few_floors() -> None:
    entries = [path.name for path in COMPARE.iterdir() if path.name != "__pycache__"]
    assert len(entries) <= MOST_ENTRIES, sorted(entries)
    assert max(floors().values()) <= 12


def test_no_module_is_long() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for folder in (COMPARE, ROOT / "tests")
        for path in folder.rglob("*.py")
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_engine_names_no_network() -> None:
    network = re.compile(r"\b(clark|trask|synapse|layer_1|nnet|two_layer|dnn)", re.IGNORECASE)
    named = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in COMPARE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if network.search(line)
    ]
    assert named == []


def test_the_engine_imports_from_the_networks_only_what_a_case_names() -> None:
    importing = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in COMPARE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(from|import) +(python_impl|r_impl)\b", line)
    ]
    assert importing == []


def test_rules_are_functions_of_values() -> None:
    imported = {
        f"{path.name}: {line}"
        for path in (COMPARE / "judge").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"(import|from) (pandas|pathlib|os|io)\b", line)
    }
    assert imported == set()


def test_imports_inside_compare_are_relative() -> None:
    absolute = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in COMPARE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from compare", "import compare"))
    ]
    assert absolute == []

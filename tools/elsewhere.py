"""python -m tools.elsewhere: the tests that compare numbers, in other arithmetic environments.

What fails there and holds in the default environment holds on one kind of processor only: it is
named with its assertion. Exit codes: 0 nothing failed, 1 something did, 2 not everything could run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from compare import ROOT
from compare.evidence.profiles import DEFAULT, Environment, environments, no_effect

# Every other file of tests/ compares numbers that hang on the processor, or may: one that is new is
# run here without being named.
NOT_NUMBERS = {
    "report/test_browser.py": "drawing and contrast",
    "report/test_links.py": "links",
    "report/test_resizing.py": "drawing",
    "report/test_claims_shown.py": "texts",
    "report/test_failures.py": "texts",
    "report/test_every_sentence.py": "what the page says, beside its own files",
    "report/test_terminal_sentences.py": "what the terminal says, beside the files",
    "report/test_truth.py": "the tables that other tests compare",
    "report/test_charts.py": "drawing",
    "explain/test_statements.py": "texts",
    "test_words.py": "texts",
    "test_release.py": "texts",
    "test_docs_site.py": "texts",
    "report/test_terminal_table.py": "texts",
    "test_locks.py": "what is installed",
    "evidence/test_code_hash.py": "texts",
    "run/test_doctor.py": "facts, which differ between environments by their nature",
    "test_elsewhere.py": "this file's own",
    "test_ci_files.py": "texts",
    "test_wheel.py": "what is installed",
    "run/test_environment.py": "variables",
    "test_seeded_faults.py": "syntax trees",
    "test_find_python.py": "shell scripts",
    "numbers/test_formats.py": "texts",
    "report/test_page_text.py": "texts",
    "evidence/test_profiles.py": "it runs environments of its own",
    "run/test_r_package.py": "R CMD check",
    "test_selftest.py": "minutes long; it judges mutants by what the other tests hold",
    "test_set_up.py": "shell scripts",
}


def number_tests() -> list[str]:
    """The files of tests that compare numbers."""
    tests = ROOT / "tests"
    files = sorted(str(path.relative_to(tests)) for path in tests.rglob("test_*.py"))
    return [f"tests/{name}" for name in files if name not in NOT_NUMBERS]


def failures(junit: Path) -> dict[str, str]:
    """Each test that failed or broke, with the first line of its assertion."""
    found = {}
    for case in ET.parse(junit).getroot().iter("testcase"):
        for verdict in ("failure", "error"):
            if (element := case.find(verdict)) is not None:
                reason = (element.get("message") or "").strip().split("\n")[0]
                found[f"{case.get('file')}::{case.get('name')}"] = reason
    return found


def run_tests(tests: Sequence[str], environment: Environment) -> dict[str, str] | None:
    """What fails in the environment; None where pytest itself could not run."""
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder) / "junit.xml"
        quiet = ["-q", "--no-header", "--tb=no", "-rN", "-p", "no:cacheprovider"]
        kept = ["-o", "junit_family=xunit1", f"--junitxml={junit}"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *quiet, *kept, *tests],
            cwd=ROOT,
            env=os.environ | environment.variables,
            check=False,
        )
        return failures(junit) if done.returncode in (0, 1) and junit.exists() else None


def report(failed: dict[str, dict[str, str]], by_default: dict[str, str]) -> list[str]:
    """A line for each assertion that fails somewhere: where, and whether it holds by default.

    Parameters
    ----------
    failed : dict
        By environment, what failed there.
    by_default : dict
        What fails in the default environment, of all these.
    """
    lines = []
    for test in sorted({test for found in failed.values() for test in found}):
        where = [name for name, found in failed.items() if test in found]
        reason = failed[where[0]][test]
        whole = "fails by default too" if test in by_default else "holds by default"
        lines.append(f"{test}: fails in {'; '.join(where)}; {whole}: {reason}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests in the chosen environments."""
    known = {e.name: e for e in environments() if e.name != DEFAULT}
    parser = argparse.ArgumentParser(prog="make test-elsewhere")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {'; '.join(known)}")
    parser.add_argument("--list", action="store_true", help="say which take effect here, run none")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(known):
        print(f"nnmirror: no environment {sorted(unknown)}, known are {list(known)}")
        return 2
    chosen = [known[name] for name in options.names or known]
    reasons = no_effect(chosen)
    for environment in chosen:
        print(f"{environment.name}: {reasons[environment.name] or 'takes effect'}", flush=True)
    if options.list:
        return 0
    failed: dict[str, dict[str, str]] = {}
    for environment in chosen:
        if reasons[environment.name]:
            continue
        print(f"---- {environment.name}", flush=True)
        found = run_tests(number_tests(), environment)
        if found is None:
            print(f"nnmirror: pytest does not run in {environment.name}")
            return 2
        failed[environment.name] = found
    again = sorted({test for found in failed.values() for test in found})
    by_default = run_tests(again, Environment(DEFAULT)) if again else {}
    if by_default is None:
        return 2
    lines = report(failed, by_default)
    print(*lines, f"{len(lines)} assertions fail in {len(failed)} environments", sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

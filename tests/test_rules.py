"""Every rule by which something passes, turned around once: a named test must see it.

Each rule is a text of a file. In a copy of the project the text is replaced, and the tests named
beside it are run there: they must fail, and pass where nothing is replaced.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from compare import ROOT
from tests.conftest import JOBS, Copy

FAILED = 1  # pytest's code for failing tests; it has others for errors of its own


class Rule(NamedTuple):
    """A text of a file, the text that lets something pass, and the test that must see it."""

    file: str
    old: str
    new: str
    seen_by: str


VERDICTS, TABLES, TRUTH = "compare/verdicts.py", "compare/tables.py", "compare/truth.py"
PROVED, WINDOWS, MEASURES = "compare/proved.py", "compare/window_tables.py", "compare/measures.py"
VERIFY, SPREAD, ALARMS = "compare/verify.py", "compare/spread.py", "compare/false_alarms.py"
PASSING = "tests/test_passing.py::test_"
PAIRS = "tests/test_verdicts.py::test_"
UNCOMPARABLE = "what_cannot_be_compared_is_not_called_a_difference_of_numbers"

RULES = [
    # the size of every tolerance
    Rule(MEASURES, "TOLERANCE_FACTOR = 4", "TOLERANCE_FACTOR = 5", "tests/test_measures.py"),
    Rule(
        MEASURES,
        "np.spacing(np.maximum(np.abs(a), np.abs(b)))",
        "1e-9",
        "tests/test_measures.py",
    ),
    Rule(
        MEASURES,
        "TOLERANCE_FACTOR * np.maximum(last_place, spread)",
        "TOLERANCE_FACTOR * (last_place + spread.max())",
        PAIRS + "a_measured_spread_widens_the_tolerance_of_its_own_value_only",
    ),
    Rule(
        VERDICTS,
        "UNDETERMINED_SHARE = 0.1",
        "UNDETERMINED_SHARE = 0.2",
        PAIRS + "a_value_that_rounding_moves_by_a_tenth_of_the_largest_is_undetermined",
    ),
    # a pair of arrays
    Rule(
        VERDICTS,
        "if exactly or ratio.max() > 1:",
        "if ratio.max() > 1:",
        PAIRS + "only_the_same_bits_are_identical",
    ),
    Rule(
        VERDICTS,
        "if exactly or ratio.max() > 1:",
        "if exactly or ratio.max() > 2:",
        PAIRS + "a_difference_beyond_the_tolerance_disagrees_and_is_named",
    ),
    Rule(
        VERDICTS,
        "np.flatnonzero(a.view(np.int64) != b.view(np.int64))",
        "np.flatnonzero(ulps)",
        PAIRS + "only_the_same_bits_are_identical",
    ),
    *(
        Rule(VERDICTS, old, "if False:", PAIRS + UNCOMPARABLE)
        for old in ("if values.dtype != np.float64:", "if values.shape != shape:")
    ),
    Rule(
        VERDICTS,
        'return Comparison("disagree", f"{language} {problem}")',
        'return Comparison("agree")',
        PAIRS + "a_value_that_is_not_finite_disagrees",
    ),
    Rule(
        VERDICTS,
        'return Comparison("not compared", f"{language} {problem}")',
        'return Comparison("agree")',
        PAIRS + "nothing_on_both_sides_is_no_agreement",
    ),
    Rule(
        VERDICTS,
        "if values.size == 0:",
        "if False:",
        PAIRS + "nothing_on_both_sides_is_no_agreement",
    ),
    Rule(VERDICTS, '(("python", python), ("r", r))', '(("python", python),)', PAIRS + UNCOMPARABLE),
    Rule(
        VERDICTS,
        'return self.verdict in ("disagree", "not compared")',
        'return self.verdict == "disagree"',
        PAIRS + UNCOMPARABLE,
    ),
    # what hangs on undetermined weights
    Rule(
        VERDICTS,
        "    if not any(name in found and found[name].n_undetermined for name in weights):\n"
        "        return found\n",
        "",
        PASSING + "determined_weights_excuse_nothing_that_another_value_is_allowed",
    ),
    Rule(
        VERDICTS,
        "if not beyond_its_place or found.counts or found.max_abs > widest:",
        "if not beyond_its_place or found.max_abs > widest:",
        PAIRS + "undetermined_weights_excuse_no_count",
    ),
    Rule(
        VERDICTS,
        "if not beyond_its_place or found.counts or found.max_abs > widest:",
        "if not beyond_its_place or found.counts:",
        PAIRS + "beyond_the_range_of_its_members_it_disagrees",
    ),
    Rule(
        VERDICTS,
        'found.verdict == "disagree" and found.ratio_to_tolerance > 1',
        'found.verdict == "disagree"',
        PASSING + "undetermined_weights_excuse_no_value_that_is_not_finite",
    ),
    # a printed number
    Rule(
        VERDICTS,
        "if exact is not None and printed.format(exact) != printed.text:",
        "if False:",
        PAIRS + "a_printed_count_must_be_the_proved_one_whatever_comes_out_here",
    ),
    Rule(
        VERDICTS,
        "elif nearest is None or abs(nearest - value) > allowed:",
        "elif nearest is None:",
        PAIRS + "a_wrong_digit_is_a_mismatch_that_shows_both",
    ),
    Rule(
        VERDICTS,
        "elif nearest is None or abs(nearest - value) > allowed:",
        "elif nearest is not None and abs(nearest - value) > allowed:",
        PAIRS + "a_string_that_no_double_prints_is_a_mismatch",
    ),
    Rule(
        VERDICTS,
        'return PrintedCheck("mismatch", f"the run {problem}")',
        'return PrintedCheck("reproduced")',
        PAIRS + "a_run_that_ends_in_nan_is_a_mismatch",
    ),
    Rule(
        VERDICTS,
        'return PrintedCheck("not compared", f"the run {problem}")',
        'return PrintedCheck("reproduced")',
        PAIRS + "a_run_without_the_value_is_not_compared",
    ),
    # what is judged, and by what
    Rule(
        TABLES,
        "printed.variant, printed.start, language)",
        'printed.variant, printed.start, "python")',
        PASSING + "rs_printed_numbers_are_judged_by_rs_run_and_pythons_by_pythons",
    ),
    Rule(
        TABLES,
        "return _undetermined_needs_ordered(table)",
        "return table",
        PASSING + "undetermined_weights_fail_where_the_ordered_runs_are_short",
    ),
    Rule(
        TABLES,
        '(rows["verdict"] == "identical") & (rows["iterations"] == "all")',
        'rows["verdict"] == "identical"',
        PASSING + "undetermined_weights_fail_where_the_ordered_runs_are_short",
    ),
    Rule(
        TABLES,
        '(rows["verdict"] == "identical") & (rows["iterations"] == "all")',
        'rows["iterations"] == "all"',
        PASSING + "undetermined_weights_fail_where_the_ordered_runs_differ",
    ),
    Rule(
        TABLES,
        'exact = pair.arithmetic == "ordered" or quantity not in pair.case.quantities',
        "exact = quantity not in pair.case.quantities",
        PASSING + "one_bit_in_an_ordered_run_disagrees",
    ),
    Rule(
        TABLES,
        "return compare_arrays(pair.python.get(quantity), pair.r.get(quantity), shape, measured)",
        "return compare_arrays(pair.r.get(quantity), pair.r.get(quantity), shape, measured)",
        PASSING + "a_lie_disagrees_in_its_own_row",
    ),
    Rule(
        TABLES,
        "starts | {q: pair.case.shape",
        "{q: pair.case.shape",
        PASSING + "the_same_results_on_both_sides_are_identical_in_every_row",
    ),
    Rule(
        TABLES,
        'return Comparison("not compared", pair.r.reason)',
        'return Comparison("identical")',
        PASSING + "a_run_that_failed_is_not_compared",
    ),
    Rule(
        TABLES,
        'return Comparison("not compared", NOT_MEASURED)',
        'return Comparison("agree")',
        PASSING + "a_printed_number_without_a_measured_spread_is_not_compared",
    ),
    Rule(
        TABLES,
        'return PrintedCheck("not compared", result.reason)',
        'return PrintedCheck("reproduced")',
        PASSING + "every_printed_number_has_its_row_also_where_runs_failed",
    ),
    Rule(
        TABLES,
        'return PrintedCheck("not compared", NOT_MEASURED)',
        'return PrintedCheck("reproduced")',
        PASSING + "a_printed_number_without_a_measured_spread_is_not_compared",
    ),
    # values beside proofs
    Rule(PROVED, "if ratio[worst] <= 1:", "if ratio[worst] <= 9:", "tests/test_proved.py"),
    Rule(
        PROVED,
        "if directed is None or directed.keys() != proved.keys():",
        "if directed is None:",
        "tests/test_proved.py::test_a_spread_of_other_values_decides_nothing",
    ),
    Rule(PROVED, "SIX_DIGITS = 1e-6", "SIX_DIGITS = 1e-15", "tests/test_proved.py"),
    Rule(
        TRUTH,
        "setting.variant.name, setting.start, language)\n            for quantity",
        'setting.variant.name, setting.start, "python")\n            for quantity',
        PASSING + "each_language_is_judged_by_the_proof",
    ),
    Rule(
        TRUTH,
        '"verdict": check.verdict,',
        '"verdict": "agree",',
        PASSING + "each_language_is_judged_by_the_proof",
    ),
    Rule(
        TRUTH,
        'return {"verdict": "not compared", "reason": result.reason}',
        'return {"verdict": "agree", "reason": result.reason}',
        PASSING + "a_language_that_failed_is_not_compared_with_the_proof",
    ),
    # references
    Rule(
        TRUTH,
        "if not overlap(stored, enclosure):",
        "if False:",
        PASSING + "a_proof_that_does_not_overlap_is_contradicted",
    ),
    Rule(
        TRUTH,
        'return (HOLDS, "", n) if n else',
        'return (HOLDS, "", n) if True else',
        PASSING + "a_proof_that_nothing_proves_again_is_not_compared",
    ),
    Rule(
        TRUTH,
        "return CONTRADICTED, quantity + reason, n",
        "return HOLDS, quantity + reason, n",
        PASSING + "a_stored_spread_of_another_size_is_contradicted",
    ),
    Rule(
        TRUTH,
        'return NOT_REPROVED, f"{quantity}: its spread is not stored", n',
        'return HOLDS, "", n',
        PASSING + "a_spread_that_is_not_stored_or_not_measured_is_not_compared",
    ),
    Rule(
        TRUTH,
        'return NOT_REPROVED, f"{quantity}: its directed rounding is not stored", n',
        'return HOLDS, "", n',
        PASSING + "a_spread_that_is_not_stored_or_not_measured_is_not_compared",
    ),
    Rule(
        SPREAD,
        "USUAL_DRIFT = 4 ",
        "USUAL_DRIFT = 40 ",
        PASSING + "a_stored_spread_of_another_size_is_contradicted",
    ),
    Rule(
        SPREAD,
        'else ": one of them is zero"',
        'else ""',
        PASSING + "a_stored_spread_of_another_size_is_contradicted",
    ),
    Rule(
        "compare/balls.py",
        "return abs(m - n) <= r + s",
        "return abs(m - n) <= 2 * (r + s)",
        "tests/test_balls.py::test_intervals_overlap_where_they_share_a_number",
    ),
    # windows
    Rule(
        WINDOWS,
        'return {"windows": 0, "n_values": 0, "verdict": "not compared", "reason": reason}',
        'return {"windows": 0, "n_values": 0, "verdict": "agree", "reason": reason}',
        "tests/test_windows.py::test_windows_that_were_not_run_are_not_compared",
    ),
    Rule(
        WINDOWS,
        "place, worst = max(compared",
        "place, worst = min(compared",
        "tests/test_windows.py::"
        "test_the_table_has_a_row_for_each_quantity_and_names_the_worst_window",
    ),
    # the exit code
    *(
        Rule(VERIFY, f"self.{name}", "self.published", PASSING + test)
        for name in ("agreement", "windows")
        for test in ["each_failing_verdict_in_each_table_is_code_1"]
    ),
    Rule(
        VERIFY,
        "(self.references, self.oracles)",
        "(self.references,)",
        PASSING + "each_failing_verdict_in_each_table_is_code_1",
    ),
    Rule(
        VERIFY,
        "(self.references, self.oracles)",
        "(self.oracles,)",
        PASSING + "each_failing_verdict_in_each_table_is_code_1",
    ),
    Rule(
        VERIFY,
        "for table in (self.claims, self.differences)",
        "for table in (self.claims,)",
        PASSING + "a_statement_with_another_verdict_than_the_reviewed_one_is_code_1",
    ),
    Rule(
        VERIFY,
        'if self.problems or "not compared" in verdicts:',
        'if "not compared" in verdicts:',
        PASSING + "a_problem_is_code_2_and_outranks_1",
    ),
    Rule(
        VERIFY,
        'if self.problems or "not compared" in verdicts:',
        "if self.problems:",
        PASSING + "what_was_not_compared_is_code_2_and_outranks_1",
    ),
    *(
        Rule(
            VERIFY,
            f'"{verdict}"',
            '"nothing"',
            PASSING + "each_failing_verdict_in_each_table_is_code_1",
        )
        for verdict in ("mismatch", "disagree", "contradicted")
    ),
    Rule(
        "compare/summary.py",
        'FAILING = ("mismatch", "disagree",',
        'FAILING = ("mismatch",',
        PASSING + "what_the_report_calls_failing_is_what_the_exit_code_says",
    ),
    Rule(
        VERIFY,
        "if self.crashes:",
        "if False:",
        PASSING + "an_error_of_the_program_itself_is_code_70_and_outranks_all",
    ),
    # claims
    Rule(
        "compare/claims.py",
        "if now == before",
        "if True",
        PASSING + "a_statement_with_another_verdict_than_the_reviewed_one_is_code_1",
    ),
    Rule(
        "compare/claims.py",
        "undecided.append(_undecided(statement, error, is_ours=type(error) is not LookupError))",
        "pass",
        "tests/test_claims.py::test_a_run_that_failed_leaves_its_claims_undecided",
    ),
    # evidence
    Rule(
        "compare/evidence.py",
        "if kept != _content_hash(header, body):",
        "if False:",
        "tests/test_evidence.py::test_whatever_is_edited_makes_it_unusable",
    ),
    Rule(
        "compare/evidence.py",
        "header.hash != expected_hash)",
        "False)",
        "tests/test_evidence.py::test_evidence_of_other_code_is_stale",
    ),
    Rule(
        ALARMS,
        "MOST_FALSE_ALARMS = 0.01",
        "MOST_FALSE_ALARMS = 0.02",
        "tests/test_rules.py::test_the_thresholds_are_those_that_the_issue_names",
    ),
]


def test_the_thresholds_are_those_that_the_issue_names() -> None:
    """A threshold that is read where it is asserted could be moved without a test that fails."""
    from compare import false_alarms, measures, verdicts

    assert false_alarms.MOST_FALSE_ALARMS == 0.01
    assert false_alarms.CONFIDENCE == 0.95
    assert false_alarms.RUNS == 300
    assert measures.TOLERANCE_FACTOR == 4
    assert verdicts.UNDETERMINED_SHARE == 0.1


def test_each_rule_is_a_text_that_stands_once_in_its_file() -> None:
    wrong = [
        f"{rule.file}: {rule.old!r} stands {count} times"
        for rule in RULES
        for count in [(ROOT / rule.file).read_text(encoding="utf-8").count(rule.old)]
        if count != 1
    ]
    assert wrong == []


def test_each_rule_names_a_test_that_exists() -> None:
    wrong = []
    for rule in RULES:
        file, _, name = rule.seen_by.partition("::")
        if f"def {name}" not in (ROOT / file).read_text(encoding="utf-8"):
            wrong.append(rule.seen_by)
    assert wrong == []


@pytest.mark.slow
def test_every_rule_that_is_turned_around_is_seen_by_its_test(tmp_path: Path) -> None:
    def survives(numbered: tuple[int, Rule]) -> str:
        i, rule = numbered
        code, said = run_there(tmp_path / str(i), [rule.seen_by], rule)
        what = f"{rule.file}: {rule.old!r} -> {rule.new!r}"
        return "" if code == FAILED else f"{what}: pytest's code is {code}: {said}"

    with ThreadPoolExecutor(JOBS) as threads:
        survivors = [what for what in threads.map(survives, enumerate(RULES)) if what]
    assert survivors == []


@pytest.mark.slow
def test_the_tests_that_must_see_it_pass_where_nothing_is_turned_around(tmp_path: Path) -> None:
    code, said = run_there(tmp_path, sorted({rule.seen_by for rule in RULES}))
    assert code == 0, said


def run_there(folder: Path, tests: Iterable[str], rule: Rule | None = None) -> tuple[int, str]:
    """Exit code and last words of these tests in a copy of the project."""
    copy = Copy(folder)
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    if rule is not None:
        copy.replace(rule.file, rule.old, rule.new)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout[-500:] + done.stderr[-500:]

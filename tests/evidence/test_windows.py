from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence.windows import (
    LENGTHS,
    PLACES,
    SHARP,
    Window,
    is_sharp,
    open_window,
    places,
    run_windows,
    states,
    states_of,
)
from compare.run.pool import Failure, run_all
from compare.run.runs import Run, execute
from compare.verify.stages import called, together
from compare.verify.window_tables import (
    Windows,
    compare_window,
    range_in_windows,
    windows_hold,
    windows_table,
    with_windows,
)


def setting_of(case: Case, variant: str, start: str) -> Setting:
    (found,) = (s for s in settings(case) if (s.variant.name, s.start) == (variant, start))
    return found


@pytest.fixture(scope="module")
def alpha_1000(cases: dict[str, Case]) -> tuple[Setting, list[Window]]:
    """A run that doubles do not determine at its end, in windows."""
    setting = setting_of(cases["trask-direction-changes"], "alpha=1000", "numpy")
    (found,) = run_all(run_windows, [[setting]], jobs=1, timeout=300)
    assert isinstance(found, list), found
    return setting, found[0]


def test_twenty_places_are_spread_over_a_run_and_the_last_ends_with_it() -> None:
    found = places(60_000)
    assert len(found) == PLACES
    assert (found[0], found[-1]) == (0, 60_000 - LENGTHS[0])
    assert np.ptp(np.diff(found)) <= 1
    assert places(20, 1) == [17]
    assert places(2, 1) == [0]


def test_every_built_in_setting_has_windows(cases: dict[str, Case]) -> None:
    grid = [str(s) for case in cases.values() for s in settings(case)]
    assert [str(s) for s in with_windows(cases.values())] == grid


def test_the_states_are_those_that_pythons_run_goes_through(cases: dict[str, Case]) -> None:
    setting = setting_of(cases["clark-example-1"], "-", "r")
    for place, state in states(setting).items():
        run = Run(Setting(setting.case, setting.variant, "r"), "python", "native", max(place, 1))
        result = execute(run)
        name = "synapse_0" if place else "start_synapse_0"
        np.testing.assert_allclose(state["synapse_0"], result[name], rtol=1e-12)


def test_a_batch_goes_through_the_same_states_as_each_run_alone(cases: dict[str, Case]) -> None:
    grid = [s for s in settings(cases["clark-example-3"]) if s.start == "numpy"]
    grid = [s for s in grid if s.variant.settings["alpha"] <= 1]  # beyond, rounding grows
    for setting, reached in zip(grid, states_of(grid), strict=True):
        for place, state in states(setting).items():
            for name, weights in state.items():
                np.testing.assert_allclose(reached[place][name], weights, rtol=1e-6, err_msg=name)


def test_settings_that_call_the_same_share_their_windows(cases: dict[str, Case]) -> None:
    grid = with_windows(cases[name] for name in ("trask-alphas", "trask-direction-changes"))
    groups = together(grid)
    assert sum(map(len, groups)) < len(grid)
    in_groups = {called(s) for group in groups for s in group}
    assert in_groups == {called(s) for s in grid}
    assert all(len({(s.case.name, s.start) for s in group}) == 1 for group in groups)


def test_a_window_is_shorter_where_three_iterations_let_rounding_grow(
    cases: dict[str, Case],
) -> None:
    setting = setting_of(cases["clark-example-3"], "alpha=1000", "r")
    reached = states(setting)
    lengths = [open_window(setting, place, state).iterations for place, state in reached.items()]
    assert set(lengths) <= set(LENGTHS)
    for place, state in reached.items():
        opened = open_window(setting, place, state)
        sharp = all(
            opened.spread[name].max() <= SHARP * np.abs(opened.native[name]).max() for name in state
        )
        assert sharp or opened.iterations == LENGTHS[-1]


def test_one_weight_that_rounding_moves_makes_a_window_shorter() -> None:
    weights = np.array([8.0, 1.0, -2.0])
    assert is_sharp(weights, np.array([0.0, 8 * SHARP, 0.0]))
    assert not is_sharp(weights, np.array([0.0, 9 * SHARP, 0.0]))


def test_each_arithmetic_of_a_window_is_called_by_its_name_in_r(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = settings(cases["descent-bucket"])[0]
    monkeypatch.setattr("compare.run.beside.r_session.get", lambda reference: reference)
    monkeypatch.setattr(
        "compare.evidence.windows.call_r", lambda case, given, in_r: {"called": in_r}
    )
    (found,) = run_windows([setting])
    for window in found:
        for arithmetic in ("native", "portable"):
            called = window.results["r", arithmetic]["called"]
            assert called == f"nnmirror::arithmetic_{arithmetic}"


def test_a_last_place_agrees_natively_and_disagrees_in_portable_arithmetic(
    alpha_1000: tuple[Setting, list[Window]],
) -> None:
    setting, (window, *_) = alpha_1000
    verdicts = {}
    for arithmetic in ("native", "portable"):
        r = dict(window.results["python", arithmetic])
        r["error"] = np.nextafter(r["error"], 1)
        doctored = window.results | {("r", arithmetic): r}
        wrong = Window(window.place, window.iterations, doctored, window.spread)
        verdicts[arithmetic] = compare_window(setting.case, wrong, arithmetic, "error").verdict
    assert verdicts == {"native": "agree", "portable": "disagree"}


def test_good_windows_agree_natively_and_to_the_bit_in_portable_arithmetic(
    alpha_1000: tuple[Setting, list[Window]],
) -> None:
    setting, windows = alpha_1000
    assert len(windows) == PLACES
    for window in windows:
        for quantity in setting.case.quantities:
            assert compare_window(setting.case, window, "native", quantity).verdict in (
                "agree",
                "identical",
            )
            found = compare_window(setting.case, window, "portable", quantity)
            assert found.verdict == "identical", found.reason


@pytest.mark.parametrize(
    ("quantity", "lie"),
    [
        ("synapse_0", lambda v: v * 0 + 1e300),
        ("synapse_1", lambda v: v * (1 + 1e-9)),
        ("error", lambda v: v * 1000),
        ("error", lambda v: v * (1 + 1e-11)),
        ("layer_1", lambda v: v[::-1]),
        ("synapse_0_direction_count", lambda v: v * 0 + 12345),
    ],
)
@pytest.mark.parametrize("arithmetic", ["native", "portable"])
def test_a_lie_at_alpha_1000_disagrees_in_every_window(
    alpha_1000: tuple[Setting, list[Window]],
    quantity: str,
    lie: Callable[[np.ndarray], np.ndarray],
    arithmetic: str,
) -> None:
    setting, windows = alpha_1000
    for window in windows:
        r = window.results["r", arithmetic]
        doctored = window.results | {("r", arithmetic): r | {quantity: lie(r[quantity])}}
        wrong = Window(window.place, window.iterations, doctored, window.spread)
        assert compare_window(setting.case, wrong, arithmetic, quantity).verdict == "disagree"


@pytest.mark.parametrize(
    "wrong", [None, np.zeros(2), np.full(3, np.nan), np.zeros((3, 1)), np.zeros(3, np.int64)]
)
def test_a_window_without_the_quantity_fails(
    alpha_1000: tuple[Setting, list[Window]], wrong: object
) -> None:
    setting, (window, *_) = alpha_1000
    r = dict(window.results["r", "native"])
    r["error"] = wrong
    doctored = Window(0, window.iterations, window.results | {("r", "native"): r}, window.spread)
    found = compare_window(setting.case, doctored, "native", "error")
    assert found.fails
    assert found.reason.startswith("r ")


def test_the_table_has_a_row_for_each_quantity_and_names_the_worst_window(
    alpha_1000: tuple[Setting, list[Window]],
) -> None:
    setting, windows = alpha_1000
    found: Windows = dict.fromkeys(settings(setting.case), windows)
    table = windows_table([setting.case], found)
    expected = len(settings(setting.case)) * len(setting.case.quantities) * 2
    assert len(table) == expected
    assert set(table["verdict"]) <= {"agree", "identical"}
    assert set(table["windows"]) == {PLACES}
    r = windows[7].results["r", "native"]
    wrong = windows[7].results | {("r", "native"): r | {"error": r["error"] + 1e-9}}
    windows = [*windows[:7], Window(windows[7].place, 3, wrong, windows[7].spread), *windows[8:]]
    doctored: Windows = dict.fromkeys(found, windows)
    table = windows_table([setting.case], doctored)
    rows = table[table["verdict"] == "disagree"]
    assert set(rows["quantity"]) == {"error"}
    assert set(rows["place"]) == {windows[7].place}
    assert rows["reason"].iloc[0].startswith(f"window {windows[7].place}, index ")


def test_windows_that_were_not_run_are_not_compared(cases: dict[str, Case]) -> None:
    case = cases["descent-bucket"]
    none: list[Window] = []
    table = windows_table([case], dict.fromkeys(settings(case), none))
    assert set(table["verdict"]) == {"not compared"}
    assert len(table) == 4 * 5 * 2


def test_windows_hold_only_where_there_are_some_and_all_agree(
    alpha_1000: tuple[Setting, list[Window]],
) -> None:
    setting, windows = alpha_1000
    assert windows_hold(setting.case, windows)
    assert not windows_hold(setting.case, [])
    assert not windows_hold(setting.case, Failure("it died"))
    last = windows[-1]
    for arithmetic in ("native", "portable"):
        r = last.results["r", arithmetic]
        wrong = last.results | {("r", arithmetic): r | {"error": r["error"] + 1e-9}}
        assert not windows_hold(setting.case, [*windows[:-1], replace(last, results=wrong)])


def test_the_range_of_a_quantity_is_its_widest_tolerance_in_any_window(
    alpha_1000: tuple[Setting, list[Window]],
) -> None:
    _, windows = alpha_1000
    widest = range_in_windows(windows)["error"]
    assert 0 < widest < 1e-12
    assert all(4 * window.spread["error"].max() <= widest for window in windows)

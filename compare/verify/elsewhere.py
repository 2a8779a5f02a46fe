"""What both functions of a pair return in another environment: a process with other variables."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..case.input_sets import Inputs
from ..case.pair import load_pair
from ..case.schema import LANGUAGES, PORTABLE, Language
from ..evidence.profiles import Environment
from ..run.environment import HERE, PACKAGE
from ..run.leaf import Leaves
from ..run.limits import MEMORY
from ..run.pool import Failure
from ..run.probe import PLAIN, Call, probe
from ..run.recorded import RecordedAnswer
from ..run.rounding import WITHOUT_LONG_DOUBLE
from ..run.session import Session
from .run_pair import with_draws

# by language, the calls in each process besides the plain one
CALLS: dict[Language, tuple[str, ...]] = {"python": (), "r": (WITHOUT_LONG_DOUBLE,)}


def returned(answers: Any, language: Language, n: int, how: str) -> Leaves | str:
    """What came of a call, or why nothing did."""
    if isinstance(answers, str):
        return answers
    recorded = RecordedAnswer.model_validate(answers[n][language].get(how, {"error": "no call"}))
    answer = recorded.answer()
    if isinstance(answer, Failure):
        return answer.reason
    return answer.error or answer.leaves


def called(environment: Environment, path: Path, timeout: int) -> Any:
    """What both functions return in an environment, or in a line why that is not known."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", f"{PACKAGE}.verify.elsewhere", str(path), str(timeout)],
        env=os.environ | environment.variables | {"PYTHONPATH": _with_this_package()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        return (done.stderr.strip() or "nothing was returned").split("\n")[-1]


def _with_this_package() -> str:
    """PYTHONPATH, so that the other process runs the code that this one does."""
    return os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH", "")]))


def _calls(path: Path, timeout: float) -> list[dict[Language, dict[str, Any]]]:
    """Every call in this process's environment: by inputs, language and kind."""
    pair = load_pair(path)
    portable = (PORTABLE,) if pair.arithmetic else ()

    def call(session: Session, language: Language, inputs: Inputs, how: str) -> Any:
        what = (language, pair.functions[language], pair.folder, inputs.values, pair.seed)
        answer = session.do(Call(*what, MEMORY, how, pair.arithmetic))
        return RecordedAnswer.of(answer).model_dump(exclude_defaults=True)

    with Session(probe, timeout) as session:
        return [
            {
                language: {
                    how: call(session, language, drawn, how)
                    for how in (PLAIN, *CALLS[language], *portable)
                }
                for language in LANGUAGES
            }
            for drawn in map(with_draws, pair.inputs)
        ]


if __name__ == "__main__":
    print(json.dumps(_calls(Path(sys.argv[1]), float(sys.argv[2]))))

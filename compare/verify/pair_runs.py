"""What came of the calls that a pair's verdict rests on."""

from dataclasses import dataclass, field

from ..case.input_sets import Inputs
from ..case.pair import PairCase
from ..case.schema import LANGUAGE_NAMES, LANGUAGES, Language
from ..judge.changes import Side
from ..judge.structure import plan
from ..run.leaf import Leaves
from ..run.pool import Failure
from ..safety.inert import storable


@dataclass(frozen=True)
class Message:
    """Something that a language said, did or could not do while a pair ran."""

    language: Language
    kind: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", storable(self.text))  # whatever a function prints or warns


@dataclass
class PairRuns:
    """What came of one set of inputs.

    Attributes
    ----------
    leaves : dict
        By language, what the plain call returned; no entry where there was an error.
    sides : dict
        By language and output, the values with what rounding does to them.
    portable : dict
        By language, what the call in portable arithmetic returned.
    proved : dict
        By output, enclosures of the exact values, each as a text ``midpoint radius``.
    messages : list of Message
        Errors first.
    failures : list of Failure
        Where a child process died, or this program went wrong.
    remark : str
        What is said beside each verdict, where R's values are recorded ones.
    """

    pair: PairCase
    inputs: Inputs
    leaves: dict[Language, Leaves] = field(default_factory=dict)
    sides: dict[Language, dict[str, Side]] = field(default_factory=dict)
    portable: dict[Language, Leaves] = field(default_factory=dict)
    proved: Leaves = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remark: str = ""

    def opened(self, language: Language, leaves: Leaves) -> Leaves:
        """What one language returned in another call, opened beside the other's plain result."""
        python, r = (leaves if k == language else self.leaves[k] for k in LANGUAGES)
        return plan(python, r, self.pair.names).apply(language, leaves)

    def said(self, kind: str, language: Language | None = None) -> list[Message]:
        """The messages of one kind."""
        return [m for m in self.messages if m.kind == kind and language in (None, m.language)]


def language_name(message: Message) -> str:
    """The language that a message is about, as it is written."""
    return LANGUAGE_NAMES[message.language]

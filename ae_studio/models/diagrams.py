"""What a family does with an image, as a small drawing: a row of parts, what goes in from above, what is asked below.

A card writes it as a list of lines of three kinds; the parts of the row stand first, from left to right:

    "encoder f"                       a part of the row: its kind, then its letter
    "noise ε -> z"                    what goes into a part of the row
    "prior KL to N(0, I) ~ μ, σ"      what is asked of a part, or of several of them: "loss |x − x̂|² ~ x and x̂"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Of each kind the word that stands below it.
PARTS = {
    "image": "image",
    "noisy": "with noise",
    "encoder": "encoder",
    "cloud": "cloud",
    "code": "code",
    "codes": "draws",
    "sparse": "code",
    "grid": "code map",
    "bars": "choice",
    "sphere": "sphere",
    "disc": "disc",
    "decoder": "decoder",
    "decoded": "decoded",
}
INPUTS = ("noise", "label", "book", "images")
ASKED = ("loss", "penalty", "prior", "opponent", "distances")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the row, its ``kind`` of PARTS."""

    kind: str
    letter: str

    @property
    def word(self) -> str:
        return PARTS[self.kind]


@dataclass(frozen=True, slots=True)
class Side:
    """Beside the row, its ``kind`` of INPUTS or ASKED; ``parts`` are the indices of those in the row that it is for."""

    kind: str
    text: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    row: tuple[Part, ...]
    above: tuple[Side, ...]
    below: tuple[Side, ...]

    @property
    def flow(self) -> str:
        """The row as a line: ``x → f → z → g → x̂``."""
        return " → ".join(part.letter for part in self.row)

    @property
    def words(self) -> tuple[str, ...]:
        """The drawing in words, a line each: the row, what goes in, what is asked."""
        put_in = [f"{side.text} goes into {self._letters(side)}" for side in self.above]
        asked = [f"asked of {self._letters(side)}: {side.text}" for side in self.below]
        return (self.flow, *put_in, *asked)

    def _letters(self, side: Side) -> str:
        return " and ".join(self.row[index].letter for index in side.parts)


def read_diagram(lines: Sequence[str]) -> Diagram:
    """The drawing that these lines of a card tell. Raises ValueError that names the line, and what would be right."""
    row = tuple(_part(line) for line in lines if " -> " not in line and " ~ " not in line)
    places = {part.letter: index for index, part in enumerate(row)}
    above = tuple(_side(line, " -> ", INPUTS, places) for line in lines if " -> " in line)
    below = tuple(_side(line, " ~ ", ASKED, places) for line in lines if " ~ " in line)
    return Diagram(row, above, below)


def _part(line: str) -> Part:
    kind, _, letter = line.partition(" ")
    if kind not in PARTS or not letter.strip():
        raise ValueError(f"{line!r} must be a part and its letter, like 'code z'; parts: {', '.join(PARTS)}")
    return Part(kind, letter.strip())


def _side(line: str, arrow: str, kinds: Sequence[str], places: Mapping[str, int]) -> Side:
    told, _, letters = line.partition(arrow)
    kind, _, text = told.partition(" ")
    if kind not in kinds or not text.strip():
        raise ValueError(f"{line!r} must begin with one of {', '.join(kinds)} and a text")
    wanted = [letter.strip() for letter in letters.split(" and ")]
    for letter in wanted:
        if letter not in places:
            raise ValueError(f"{line!r}: no part of the row has the letter {letter!r}; there are {', '.join(places)}")
    return Side(kind, text.strip(), tuple(places[letter] for letter in wanted))


_PLAIN = ("image x", "encoder f", "code z", "decoder g", "decoded x̂", "loss −log p(x|z) ~ x and x̂")
_VARIATIONAL = (
    *("image x", "encoder f", "cloud μ, σ", "code z", "decoder g", "decoded x̂"),
    *("noise ε -> z", "prior KL to the prior ~ μ, σ", "loss −log p(x|z) ~ x and x̂"),
)
# What a card of the group shows that has no drawing of its own.
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "Plain": _PLAIN,
    "Variational": _VARIATIONAL,
    "Disentangled": _VARIATIONAL,
    "Regularised": (*_PLAIN, "penalty a penalty ~ z"),
    "Matching a prior": (*_PLAIN, "prior codes like the prior ~ z"),
    "Discrete": (
        *("image x", "encoder f", "code e", "grid q", "decoder g", "decoded x̂"),
        *("book codebook -> q", "loss −log p(x|q) ~ x and x̂"),
    ),
    "Geometry": (*_PLAIN, "distances the same shape ~ x and z"),
    "Your own": _PLAIN,
}

"""``python -m benchmarks.known_answers``: what theory and published code say must come out, on real MNIST.

Exits with 1 where a number is off. The shorter known answers are tests.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.known_answers.answer import Answer, markdown
from benchmarks.known_answers.burda import burdas_table
from benchmarks.known_answers.linear import linear_is_pca, linear_vae
from benchmarks.known_answers.topological import topological_beats_vanilla
from benchmarks.known_answers.variational import (
    better_than_the_vae,
    capacity_is_reached,
    vae_as_published,
)
from benchmarks.mnist import use_mnist

ANSWERS: dict[str, Callable[[], Iterator[Answer]]] = {
    "linear": linear_is_pca,
    "linear-vae": linear_vae,
    "vae": vae_as_published,
    "capacity": capacity_is_reached,
    "likelihood": better_than_the_vae,
    "topological": topological_beats_vanilla,
    "burda": burdas_table,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.known_answers", description=__doc__)
    parser.add_argument("which", nargs="*", choices=[*ANSWERS, []], help="these alone")
    parser.add_argument("--markdown", action="store_true", help="print a table in Markdown at the end")
    parser.add_argument("--stages", type=int, default=0, metavar="N", help="of Burda's eight; 0: all, on a GPU")
    arguments = parser.parse_args()
    use_mnist()
    answers = []
    for name in arguments.which or ANSWERS:
        find = ANSWERS[name] if name != "burda" else partial(burdas_table, arguments.stages)
        for answer in find():
            print(answer, flush=True)
            answers.append(answer)
    if arguments.markdown:
        print(markdown(answers))
    return 0 if all(answer.right is not False for answer in answers) else 1


if __name__ == "__main__":
    sys.exit(main())

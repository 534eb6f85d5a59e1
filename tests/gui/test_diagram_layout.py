from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF

from ae_studio.gui.diagram_layout import EDGE, WIDTH, place
from ae_studio.models.catalog import MODELS
from ae_studio.models.diagrams import DEFAULTS, read_diagram

LETTER = 6.6  # pixels: a generous mean of the letters of a chip
DIAGRAMS = {name: known.card.drawing for name, known in MODELS.items()}
DIAGRAMS |= {f"group {group}": read_diagram(lines) for group, lines in DEFAULTS.items()}
DIAGRAMS["crowded"] = read_diagram(
    (
        *(
            "image x",
            "encoder f",
            "cloud μ, σ",
            "code z",
            "decoder g",
            "decoded x̂",
            "label y -> f and g",
            "noise ε -> z",
        ),
        *(
            "prior KL to N(0, I) ~ μ, σ",
            "opponent dependent? ~ z",
            "distances alike ~ x and z",
            "loss |x − x̂|² ~ x and x̂",
        ),
    )
)
each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS.values(), ids=DIAGRAMS)


def placed(diagram):
    return place(diagram, lambda text: LETTER * len(text))


@each_diagram
def test_everything_has_a_place_inside_the_drawing(diagram):
    found = placed(diagram)
    room = QRectF(0, 0, WIDTH, found.height)
    for box in (*found.row, *(chip.box for chip in (*found.above, *found.below))):
        assert room.contains(box)
    for chip in (*found.above, *found.below):
        for line in chip.lines:
            assert all(EDGE <= corner.x() <= WIDTH - EDGE and 0 <= corner.y() <= found.height for corner in line)


@each_diagram
def test_nothing_covers_anything_else(diagram):
    found = placed(diagram)
    boxes = [*found.row, *(chip.box for chip in (*found.above, *found.below))]
    for index, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[index + 1 :])


@each_diagram
def test_what_goes_in_ends_at_its_part_and_what_is_asked_begins_there(diagram):
    found = placed(diagram)
    for chip in found.above:
        [line] = chip.lines
        assert any(abs(line[-1].x() - box.center().x()) < 1 for box in found.row)
        assert line[-1].y() == found.row[0].top()
        assert line[0].y() == chip.box.bottom()
    for chip in found.below:
        assert len(chip.lines) == len(chip.side.parts)
        for line, part in zip(chip.lines, chip.side.parts, strict=True):
            assert abs(line[0].x() - found.row[part].center().x()) <= 12
            assert chip.box.adjusted(-1, -1, 1, 1).contains(line[-1])


def test_a_label_that_goes_into_two_parts_stands_over_both():
    found = placed(DIAGRAMS["crowded"])
    assert [chip.side.text for chip in found.above].count("y") == 2


def test_of_two_lines_that_join_parts_the_short_one_is_above_the_long_one():
    found = placed(DIAGRAMS["crowded"])
    ys = {chip.side.kind: chip.box.top() for chip in found.below}
    assert ys["prior"] == ys["opponent"] < ys["distances"] < ys["loss"]


def test_of_two_lines_that_leave_one_part_the_longer_is_farther_out():
    found = placed(DIAGRAMS["crowded"])
    from_x = {chip.side.kind: chip.lines[0][0].x() for chip in found.below if 0 in chip.side.parts}
    assert from_x["loss"] < from_x["distances"]


def test_only_the_lines_that_are_needed_take_room():
    plain = placed(read_diagram(("image x", "code z")))
    assert plain.height < placed(read_diagram(("image x", "code z", "loss a ~ z"))).height
    assert plain.row[0].top() == EDGE


@pytest.mark.parametrize("diagram", [known.card.drawing for known in MODELS.values()], ids=MODELS)
def test_no_chip_of_a_card_stands_on_anothers_line(diagram):
    found = placed(diagram)
    for chip in found.below:
        for other in found.below:
            for line in other.lines if other is not chip else ():
                for start, end in pairwise(line):
                    path = QRectF(start, end).normalized().adjusted(-0.5, -0.5, 0.5, 0.5)
                    assert not path.intersects(chip.box), f"{chip.side.text} covers a line of {other.side.text}"

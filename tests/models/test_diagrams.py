import re
import unicodedata

import pytest

from ae_studio.models.cards import GROUPS
from ae_studio.models.catalog import MODELS
from ae_studio.models.diagrams import DEFAULTS, Part, Side, read_diagram

LINES = ("image x", "encoder f", "code z", "label y -> f and z", "loss |x − z| ~ x and z", "prior N(0, I) ~ z")


def test_a_cards_lines_become_a_row_what_goes_in_and_what_is_asked():
    diagram = read_diagram(LINES)
    assert diagram.row == (Part("image", "x"), Part("encoder", "f"), Part("code", "z"))
    assert diagram.above == (Side("label", "y", (1, 2)),)
    assert diagram.below == (Side("loss", "|x − z|", (0, 2)), Side("prior", "N(0, I)", (2,)))


def test_a_diagram_can_be_read_aloud():
    assert read_diagram(LINES).words == (
        "x → f → z",
        "y goes into f and z",
        "asked of x and z: |x − z|",
        "asked of z: N(0, I)",
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("encodr f", "'encodr f' must be a part and its letter"),
        ("encoder", "must be a part and its letter"),
        ("noise ε -> q", "no part of the row has the letter 'q'; there are x, z"),
        ("nose ε -> z", "must begin with one of noise, label"),
        ("loss ~ z", "must begin with one of loss"),
    ],
)
def test_a_wrong_line_is_named_with_what_would_be_right(line, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        read_diagram(("image x", "code z", line))


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_has_a_drawing_for_cards_without_one(group):
    diagram = read_diagram(DEFAULTS[group])
    assert diagram.row[0].kind == "image"
    assert diagram.row[-1].kind == "decoded"


@pytest.mark.parametrize("known", MODELS.values(), ids=MODELS)
def test_every_family_goes_from_an_image_to_an_image(known):
    kinds = [part.kind for part in known.card.drawing.row]
    assert kinds[0] == "image"
    assert kinds[-1] == "decoded"
    assert kinds.index("encoder") < kinds.index("decoder")


@pytest.mark.parametrize("known", MODELS.values(), ids=MODELS)
def test_no_letter_beside_the_row_wears_a_hat(known):
    """A combining accent is set too high in small upright letters, above the chip."""
    for side in (*known.card.drawing.above, *known.card.drawing.below):
        assert not any(unicodedata.combining(letter) for letter in side.text), side.text

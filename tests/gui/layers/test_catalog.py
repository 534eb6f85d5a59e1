from ae_studio.gui.layers.catalog import BY_KEY, LAYERS, PRESETS
from ae_studio.gui.layers.layer import Amount

PARTS = {"paths", "look", "plane", "window", "base", "handle", "selection", "focus", "hidden"}


def test_every_layer_can_be_told_from_the_others_and_explains_itself():
    assert len(BY_KEY) == len(LAYERS) == len({layer.title for layer in LAYERS})
    for layer in LAYERS:
        assert len(layer.hint) > 15
        assert layer.follows <= PARTS, layer.key


def test_every_option_begins_with_a_value_that_it_offers():
    for layer in LAYERS:
        for option in layer.options:
            if isinstance(option, Amount):
                assert option.low <= option.default <= option.high
            else:
                assert option.default in option.values


def test_presets_name_layers_that_there_are_and_all_show_the_points():
    for preset in PRESETS.values():
        assert preset.keys <= BY_KEY.keys()
        assert "points" in preset.keys


def test_what_is_honest_shows_nothing_that_the_decoder_makes_and_no_point_on_its_way():
    assert not PRESETS["honest"].keys & {"lattice", "distortion", "indicatrices", "gliding"}


def test_maps_lie_under_the_points_and_marks_over_them():
    order = [layer.key for layer in LAYERS]
    for under in ("lattice", "density", "distortion", "class_ellipses"):
        assert order.index(under) < order.index("points")
    for over in ("thumbnails", "posterior_ellipses", "drawing"):
        assert order.index(over) > order.index("points")

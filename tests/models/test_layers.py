import pytest
import torch

from ae_studio.models.build import build_model
from ae_studio.models.layers import named_layers
from ae_studio.training.defaults import complete


def names(**values):
    return list(named_layers(build_model(complete(values), (1, 8, 8))))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"model": "linear"}, ["encoder 1", "decoder 1"]),
        ({"model": "vae", "settings": {"hidden": "8"}}, ["encoder 1", "encoder 2", "decoder 1", "decoder 2"]),
        (
            {"model": "adversarial", "settings": {"hidden": "8"}},
            ["encoder 1", "encoder 2", "decoder 1", "decoder 2", *(f"discriminator {n}" for n in (1, 2, 3))],
        ),
        (  # the encoder of a spectral norm's layer, whose weight is a parametrised one, is one layer still
            {"model": "rae", "settings": {"hidden": "8", "regulariser": "sn"}},
            ["encoder 1", "encoder 2", "decoder 1", "decoder 2"],
        ),
        (
            {"model": "topological", "settings": {"hidden": "8", "batch_norm": True}},
            ["log scale", "encoder 1", "encoder norm 1", "encoder 2", "decoder 1", "decoder norm 1", "decoder 2"],
        ),
    ],
    ids=lambda value: value["model"] if isinstance(value, dict) else "",
)
def test_layers_have_readable_names_in_the_models_order(values, expected):
    assert names(**values) == expected


def test_a_layers_weights_and_offsets_are_together():
    model = build_model(complete({"model": "linear"}), (1, 8, 8))
    weight, bias = named_layers(model)["encoder 1"]
    assert weight is model.encoder.weight
    assert torch.equal(bias, model.encoder.bias)

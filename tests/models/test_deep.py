import torch

from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete


def test_the_defaults_are_the_papers_layers():
    model = build_model(complete({"model": "deep", "data": "mnist"}), (1, 28, 28))
    layers = [(m.in_features, m.out_features) for m in model.encoder.modules() if isinstance(m, torch.nn.Linear)]
    assert layers == [(784, 1000), (1000, 500), (500, 250), (250, 2)]
    mirrored = [(m.in_features, m.out_features) for m in model.decoder.modules() if isinstance(m, torch.nn.Linear)]
    assert mirrored == [(out, inner) for inner, out in reversed(layers)]

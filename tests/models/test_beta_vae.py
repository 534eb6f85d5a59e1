import torch

from ae_studio.models.build import build_model
from ae_studio.training.defaults import complete, preset_values


def make(model: str, **settings):
    torch.manual_seed(0)
    return build_model(complete({"model": model, "settings": settings}), (1, 8, 8))


def terms_of(model, x):
    torch.manual_seed(1)
    return model.terms(x)


def test_beta_one_is_the_vae():
    x = torch.rand(16, 1, 8, 8)
    vae, beta_vae = terms_of(make("vae"), x), terms_of(make("beta-vae", beta=1.0), x)
    assert vae.keys() == beta_vae.keys()
    for name in vae:
        torch.testing.assert_close(beta_vae[name], vae[name], rtol=0, atol=0)


def test_beta_weighs_the_kl():
    terms = terms_of(make("beta-vae", beta=7.0), torch.rand(16, 1, 8, 8))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + 7.0 * terms["kl"])


def test_warm_up_raises_beta_from_zero_over_its_epochs():
    model = make("beta-vae", beta=4.0, warmup=10)
    weights = []
    for epoch in (0.0, 5.0, 10.0, 50.0):
        model.epochs_done = epoch
        weights.append(model.kl_weight)
    assert weights == [0.0, 2.0, 4.0, 4.0]


def test_the_talks_preset_has_the_talks_layers_and_loss():
    model = build_model(complete(preset_values("talk") | {"data": "mnist"}), (1, 28, 28))
    layers = [(m.in_features, m.out_features) for m in model.modules() if isinstance(m, torch.nn.Linear)]
    # fc_mu and fc_logvar, 16 to 2 each, stand as one layer of 4
    assert layers == [(784, 32), (32, 16), (16, 4), (2, 16), (16, 32), (32, 784)]
    assert not any(isinstance(m, torch.nn.ReLU | torch.nn.Tanh) for m in model.modules())
    x = torch.rand(8, 1, 28, 28)
    terms = terms_of(model, x)
    torch.manual_seed(1)
    mu, logvar = model.posterior(x)
    x_hat = model.decode(mu + torch.exp(0.5 * logvar) * torch.randn_like(mu))
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    torch.testing.assert_close(terms["loss"], (torch.sum((x - x_hat) ** 2) + kl) / len(x))

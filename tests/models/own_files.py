"""Files with a model of one's own, for the tests of everything that reads them."""

WHOLE = '''
import torch
from torch import nn
from ae_studio.models.base import Autoencoder


class Plain(Autoencoder):
    """A linear autoencoder.

    It is here to be tested.
    """

    def __init__(self, image_shape, latent_dim, settings):
        super().__init__(image_shape, latent_dim, settings)
        self.encoder = nn.Linear(self.pixels, latent_dim)
        self.decoder = nn.Linear(latent_dim, self.pixels)
        self.both = nn.Sequential(self.encoder, self.decoder)

    def encode(self, x):
        return self.encoder(x.flatten(1))

    def decode(self, z):
        return self.decoder(z).unflatten(1, self.image_shape)

    def decoder_module(self):
        return nn.Sequential(self.decoder, nn.Unflatten(1, self.image_shape))

    def terms(self, x):
        return {"loss": ((self.decode(self.encode(x)) - x) ** 2).mean()}
'''


def written(folder, text=WHOLE, name="mine.py", *, trusted=True):
    """The path of a file with this text; trusted as by a user who has named it."""
    from ae_studio.models.own_file import trust_file

    path = folder / name
    path.write_text(text, encoding="utf-8")
    if trusted:
        trust_file(path)
    return path


def replaced(old, new):
    """The whole model with one piece of it replaced."""
    assert WHOLE.count(old) == 1, old
    return WHOLE.replace(old, new)

"""Tours: some runs after one another, and what to look at between them. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ae_studio.config import ConfigError, unknown_name
from ae_studio.training.defaults import PRESETS

Act = Literal["train", "epochs", "sample", "panel", "loss", "layers", "evaluate", "compare", "read"]


@dataclass(frozen=True, slots=True)
class Stop:
    """``text`` is told while ``act`` is done with ``value``.

    train: a preset is trained; epochs: the time machine goes to these, one after the other; sample: new images are
    drawn; panel: it is brought to the front; loss: a view of the loss panel; layers: a preset of the canvas's layers;
    evaluate: the metrics are measured; compare: the tour's runs side by side; read: nothing but the text.
    """

    text: str
    act: Act = "read"
    value: str | tuple[int, ...] = ""

    @property
    def waits(self) -> bool:
        """For the reader; else the tour goes on by itself once it is done."""
        return self.act not in ("train", "epochs")


@dataclass(frozen=True, slots=True)
class Tour:
    """A preset of the Welcome page, and ``--preset`` on the command line, which trains the same runs."""

    title: str
    summary: str
    stops: tuple[Stop, ...]

    @property
    def presets(self) -> tuple[str, ...]:
        """Names of the presets that it trains, in their order."""
        return tuple(str(stop.value) for stop in self.stops if stop.act == "train")


TENS = (0, 10, 20, 30, 40, 50)

TOURS: dict[str, Tour] = {
    "the-talk": Tour(
        "The talk",
        "A linear autoencoder, then a β-VAE, 50 epochs each; looked at every tenth epoch, then sampled.",
        (
            Stop(
                "A linear autoencoder: one layer in, two numbers, one layer out. It trains now.", "train", "talk-linear"
            ),
            Stop(
                "Its latent space after 0, 10, … 50 epochs: it turns and stretches until it is PCA's.", "epochs", TENS
            ),
            Stop(
                "New images, decoded from codes like those it has learned. Nothing told it to leave no holes between "
                "them, so many are none.",
                "sample",
            ),
            Stop(
                "Now a β-VAE: each image becomes a cloud, and all clouds together a normal distribution.",
                "train",
                "talk",
            ),
            Stop(
                "Its latent space after 0, 10, … 50 epochs: the classes share the plane out among them.", "epochs", TENS
            ),
            Stop(
                "New images from the prior. Drag the handle: between two digits lies a way from one to the other.",
                "sample",
            ),
        ),
    ),
    "what-beta-does": Tour(
        "What β does",
        "Three β-VAEs that differ in β alone: ¼, 1 and 4. Then all three side by side.",
        (
            Stop("β = ¼: what the code tells of an image is cheap.", "train", "beta-0.25"),
            Stop("How many nats each of the 10 dimensions tells: most of them are used.", "loss", "kl"),
            Stop("β = 1: the VAE. A nat of code costs as much as a nat of image.", "train", "beta-1"),
            Stop("β = 4: only what pays for itself four times over is still told.", "train", "beta-4"),
            Stop(
                "Fewer dimensions are left, and of small images perhaps none: then the code has collapsed.",
                "loss",
                "kl",
            ),
            Stop("All three on the same images: the higher β, the blurrier, and the simpler the code.", "compare"),
        ),
    ),
    "collapse": Tour(
        "Collapse and how to see it",
        "A VAE whose code says nothing, the four signs of it, and the same one alive again.",
        (
            Stop("A β-VAE with a KL weight far too high.", "train", "collapsed"),
            Stop("First sign: every image is reconstructed alike, as the mean of all.", "panel", "reconstructions"),
            Stop(
                "Second sign: the KL of every dimension is 0, so that the code costs nothing, and tells nothing.",
                "loss",
                "kl",
            ),
            Stop("Third sign: all directions are greyed as inactive.", "panel", "directions"),
            Stop(
                "Fourth sign: all images lie in one heap on the canvas, and drag as you like, the image stays.",
                "layers",
                "points",
            ),
            Stop("The same network with β = 1 that grows from 0.", "train", "recovered"),
            Stop("The dimensions tell something again.", "loss", "kl"),
            Stop("Both side by side.", "compare"),
        ),
    ),
    "linear-is-pca": Tour(
        "Linear = PCA",
        "A linear autoencoder finds the plane of the first two principal components: measured beside PCA.",
        (
            Stop(
                "A linear autoencoder learns by gradient descent to keep as much of an image in two numbers as can be.",
                "train",
                "talk-linear",
            ),
            Stop(
                "Its test error beside that of PCA with two components: the same, or nearly.",
                "evaluate",
            ),
            Stop(
                "Its axes need not be PCA's: any turned or stretched pair spans the same plane. Drag the handle and "
                "see images added and taken away.",
                "read",
            ),
        ),
    ),
    "topology-kept": Tour(
        "Topology kept",
        "The same autoencoder with and without a term that holds the shape of the cloud of images.",
        (
            Stop("Without it: classes are torn apart and put wherever there was room.", "train", "no-topology"),
            Stop("How faithful its plane is to the images: KL₀.₁, trustworthiness and their like.", "evaluate"),
            Stop(
                "With it: what holds the cloud of images together is held in the cloud of codes, too.",
                "train",
                "topology",
            ),
            Stop("The same measures once more: KL₀.₁ should be lower.", "evaluate"),
            Stop("Both side by side.", "compare"),
        ),
    ),
}


def presets_of(name: str) -> tuple[str, ...]:
    """The presets that ``--preset name`` trains: one, or those of a tour. Raises :class:`ConfigError`."""
    if name in TOURS:
        return TOURS[name].presets
    if name not in PRESETS:
        raise ConfigError(unknown_name("preset", name, [*PRESETS, *TOURS]))
    return (name,)

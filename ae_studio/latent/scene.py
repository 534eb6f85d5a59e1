"""All that is known of one moment of a run: what the laboratory computes from. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from ae_studio.events import Codes, Images, Labels, LatentSpace, Look
from ae_studio.latent.code_paths import CodePaths

EARLIER = "This run was recorded by an earlier version of AE Studio"


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A look with what stays the same during a run.

    ``labels`` (n,) and ``images`` (n, H, W) or (n, H, W, 3) are those of the look's ``codes`` (n, code size). ``paths``
    are where these codes are at other epochs, as far as that is known. The ``why_no_…`` say in words why something
    cannot be had; empty where it can.
    """

    space: LatentSpace
    labels: Labels
    class_names: tuple[str, ...]
    images: Images | None
    look: Look
    paths: CodePaths = field(default_factory=CodePaths)

    @property
    def codes(self) -> Codes:
        return self.look.codes

    def class_of(self, index: int) -> str:
        """The name of a code's class, or its number where it has none."""
        label = int(self.labels[index])
        return self.class_names[label] if 0 <= label < len(self.class_names) else str(label)

    @property
    def why_no_images(self) -> str:
        return "" if self.images is not None else f"{EARLIER}, without the images of its codes"

    @property
    def why_no_encoder(self) -> str:
        return "" if self.look.encoder is not None else "Nothing can be encoded: the model itself is not there"

    @property
    def why_no_derivatives(self) -> str:
        return "" if self.look.derivatives is not None else "The model itself is not there"

    @property
    def why_no_spread(self) -> str:
        return "" if self.look.spread is not None else "This model has no Gaussian posterior: a code is a single point"

    @property
    def why_no_kl(self) -> str:
        return "" if self.look.kl is not None else "This model has no KL that falls into dimensions"

    @property
    def why_no_paths(self) -> str:
        if self.space.kind == "codebook":
            return "Of this model the canvas shows the entries of the codebook, no codes of images"
        fitting = [epoch for epoch, codes in self.paths.codes.items() if codes.shape == self.codes.shape]
        return "" if len(fitting) > 1 else "The run has kept only one epoch so far"

    @property
    def why_no_moves(self) -> str:
        """Of the codes from A to B."""
        if self.why_no_paths:
            return self.why_no_paths
        if None in self.paths.ends:
            return "Choose two epochs on the slider first: A and B keep the one that is shown"
        return "" if self.paths.moved is not None else "The codes of A or of B cannot be read"

    @property
    def why_not_flat(self) -> str:
        """Of what needs codes that may lie anywhere."""
        names = {"sphere": "on a sphere", "ball": "in a ball", "codebook": "in the places of a codebook"}
        place = names.get(self.space.kind)
        return f"The codes of this model lie {place}" if place else ""

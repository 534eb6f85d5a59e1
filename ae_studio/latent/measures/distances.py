"""Distances among images and among codes, and the ranks that follow from them."""

from __future__ import annotations

import torch
from torch import Tensor

from ae_studio.events import LatentSpace
from ae_studio.latent import geometry

FEW = 32  # numbers in a point
ROUNDING = 1e-12


def pixel_distances(x: Tensor) -> Tensor:
    """Euclidean distances of images (n, C, H, W), (n, n)."""
    return euclidean(x.flatten(1))


def euclidean(points: Tensor) -> Tensor:
    """Of points (n, p), (n, n), exactly symmetric and 0 on the diagonal.

    Few numbers by their differences, many by a product of matrices, ten times as fast and in float64 exact enough.
    """
    if points.shape[1] <= FEW:
        return torch.cdist(points, points, compute_mode="donot_use_mm_for_euclid_dist")
    x = points.double() - points.double().mean(0)
    squares = x.square().sum(1)
    squared = squares[:, None] + squares[None] - 2 * x @ x.T
    squared = torch.where(squared > ROUNDING * squares.max(), squared, 0)  # images that are alike lie at one place
    return (0.5 * (squared + squared.T)).sqrt().float().fill_diagonal_(0)


def free_numbers(space: LatentSpace) -> Tensor:
    """Which numbers of a code (size,) the model has found in the image: all but those that it was told."""
    return torch.from_numpy(geometry.free_numbers(space))


def code_distances(codes: Tensor, space: LatentSpace) -> Tensor:
    """Of codes (n, code_size), (n, n): Euclidean, on the sphere the chord, in the ball the hyperbolic distance.

    What the model was told of an image (a class) counts for nothing.
    """
    if space.kind == "ball":
        return _in_the_ball(codes[:, : space.dim] / space.radius)
    return euclidean(codes[:, free_numbers(space)])


def _in_the_ball(points: Tensor) -> Tensor:
    room = (1 - points.square().sum(1)).clamp_min(geometry.EDGE)
    return torch.from_numpy(geometry.hyperbolic(euclidean(points).square().numpy(), room.outer(room).numpy()))


def ranks(distances: Tensor) -> Tensor:
    """Of distances (n, n), int64 (n, n): the how many-th neighbour j is of i; each is its own 0th, ties by number."""
    order = distances.clone().fill_diagonal_(-1).argsort(dim=1, stable=True)
    numbers = torch.arange(len(distances)).expand_as(order)
    return torch.empty_like(order).scatter_(1, order, numbers)

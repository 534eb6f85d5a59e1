"""What many runs have in common, on a terminal: groups of seeds, and rate against distortion."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from ae_studio.runs.library import Listing, list_runs
from ae_studio.runs.listed import printable
from ae_studio.runs.rate_distortion import At, RateDistortion, rate_distortion
from ae_studio.runs.seeds import SeedGroup, best_of, groups_by_seed


def seeds_on_terminal(*, as_json: bool = False) -> bool:
    """Prints the runs in groups of equal settings; says whether they could be listed."""
    listing = _listed()
    if listing is None:
        return False
    groups = groups_by_seed(listing.root, listing.runs)
    print(json.dumps([_group_values(group) for group in groups], indent=2) if as_json else _seeds_text(listing, groups))
    return True


def rate_distortion_on_terminal(data: str, at: At, *, as_json: bool = False) -> bool:
    """Prints a line for every run of this data set; says whether they could be listed."""
    listing = _listed()
    if listing is None:
        return False
    found = rate_distortion(listing.root, listing.runs, data, at)
    print(json.dumps(_points_values(found), indent=2) if as_json else _points_text(found))
    return True


def _listed() -> Listing | None:
    listing = list_runs()
    if listing.problem:
        print(f"ae-studio: {listing.problem}", file=sys.stderr)
        return None
    return listing


def _group_values(group: SeedGroup) -> dict[str, object]:
    best = best_of(group)
    return {
        "runs": [run.folder for run in group.runs],
        "repeats": [run.folder for run in group.repeats],
        "seeds": list(group.seeds),
        "loss_unit": group.runs[0].loss_unit,
        "best": None if best is None else asdict(best),
        "settings": dict(group.settings),
    }


def _seeds_text(listing: Listing, groups: Sequence[SeedGroup]) -> str:
    if not groups:
        return f"No runs yet under {listing.root}. `ae-studio train` makes one."
    lines: list[tuple[str, ...]] = [("model", "data", "d", "epochs", "settings", "seeds", "best", "newest run")]
    for group in groups:
        best, newest = best_of(group), max(group.runs, key=lambda run: (run.started, run.folder))
        told = "" if best is None else f"{best.in_words} (n = {best.n})"
        numbers = str(newest.latent_dim), str(newest.epochs)
        cells = (newest.model, newest.data, *numbers, group.in_words, _seeds(group.seeds), told, newest.folder)
        lines.append(tuple(map(printable, cells)))
    note = "Runs of a line differ in nothing but the seed; best: mean ± standard deviation (n - 1) of their smallest "
    return f"{_table(lines)}\n\n{note}validation losses."


def _seeds(seeds: Sequence[int]) -> str:
    """``0 1 2``, of many the first."""
    return " ".join(map(str, seeds[:6])) + (" …" if len(seeds) > 6 else "")


def _points_values(found: RateDistortion) -> dict[str, object]:
    points = [{**asdict(point), "total": point.total} for point in found.points]
    return {"data": found.data, "at": found.at, "points": points, "left_out": dict(found.left_out)}


def _points_text(found: RateDistortion) -> str:
    if not found.points and not found.left_out:
        return f"No run has learned from {found.data} yet."
    lines: list[tuple[str, ...]] = [
        ("run", "model", "d", "β", "epoch", "rate", "distortion", "sum", "unit of the distortion")
    ]
    for point in sorted(found.points, key=lambda each: (each.unit, each.rate)):
        beta = "" if point.beta is None else f"{point.beta:g}"
        numbers = [f"{value:.5g}" for value in (point.rate, point.distortion, point.total)]
        cells = (point.folder, point.model, str(point.latent_dim), beta, str(point.epoch), *numbers, point.unit)
        lines.append(tuple(map(printable, cells)))
    left = [f"    {printable(folder)}: {printable(why)}" for folder, why in found.left_out.items()]
    told = [f"\nRate: KL in nats per image, of the validation images, at the {found.at} epoch."]
    return "\n".join([_table(lines), *told, *(["Left out:", *left] if left else [])])


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    """The first line holds the headings."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)

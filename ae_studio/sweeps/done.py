"""Which runs of a sweep are there already, so that it can be started again. Knows no torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ae_studio.config import RunConfig
from ae_studio.runs.library import Listing
from ae_studio.runs.record import RunError, read_record
from ae_studio.sweeps.plan import Planned, tag_beginning
from ae_studio.sweeps.values import Axis

# Where a run is computed makes no other run of it.
PLACE = {"device"}


def newest_tag(listing: Listing, axes: Sequence[Axis]) -> str:
    """Of the newest sweep of these settings; empty where there is none."""
    beginning = tag_beginning(axes) + " "
    return next((tag for run in listing.runs for tag in run.tags if tag.startswith(beginning)), "")


def without_done(runs: Sequence[Planned], tag: str, listing: Listing) -> tuple[Planned, ...]:
    """Those for which there is no finished run with this tag and these very settings."""
    done = {
        key
        for run in listing.runs
        if tag in run.tags and run.outcome == "finished" and (key := _kept_key(listing.root / run.folder))
    }
    return tuple(planned for planned in runs if _key(planned.config) not in done)


def _kept_key(run: Path) -> str:
    try:
        return _key(RunConfig.model_validate(read_record(run)["config"]))
    except (RunError, ValueError):
        return ""


def _key(config: RunConfig) -> str:
    return json.dumps(config.model_dump(exclude=PLACE), sort_keys=True)

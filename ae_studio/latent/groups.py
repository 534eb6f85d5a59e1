"""Which images of the fixed sample are meant: found on the canvas, by class or by error, and kept under a name.

Knows neither torch nor Qt. Indices count the images of the fixed sample, ascend, and hold none twice.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ae_studio.events import Labels

Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

How = Literal["replace", "add", "remove", "intersect"]
"""What is done with a finding: it becomes the selection, is added to it, taken away, or both must hold."""

VERSION = 1  # of the text that groups are kept as


def combined(before: Indices, found: Indices, how: How) -> Indices:
    """The selection after a finding."""
    if how == "add":
        return read_only(np.union1d(before, found))
    if how == "remove":
        return read_only(np.setdiff1d(before, found))
    if how == "intersect":
        return read_only(np.intersect1d(before, found))
    return read_only(np.unique(found))


def read_only(indices: npt.ArrayLike) -> Indices:
    """Indices that may cross a thread, with memory of their own."""
    array = np.array(indices, dtype=np.int64).reshape(-1)
    array.flags.writeable = False
    return array


def inside(points: npt.NDArray[np.floating[Any]], polygon: npt.NDArray[np.floating[Any]]) -> Mask:
    """Which points (n, 2) lie inside a closed line of corners (k, 2), (n,).

    Where the line crosses itself, inside is what lies behind an odd number of edges (the even-odd rule). A line of
    fewer than three corners has no inside.
    """
    found = np.zeros(len(points), dtype=np.bool_)
    corners = np.asarray(polygon, dtype=np.float64)
    if len(corners) < 3:
        return found
    near = np.flatnonzero(((points >= corners.min(axis=0)) & (points <= corners.max(axis=0))).all(axis=1))
    x, y = points[near].astype(np.float64).T
    odd = np.zeros(len(near), dtype=np.bool_)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if ay != by:
            crosses = (ay > y) != (by > y)  # a ray to the right meets this edge's height
            odd ^= crosses & (x < ax + (y - ay) * (bx - ax) / (by - ay))
    found[near] = odd
    return found


def of_classes(labels: Labels, classes: Collection[int]) -> Mask:
    """Which images (n,) are of one of these classes."""
    return np.isin(labels, list(classes))


def by_error(errors: npt.NDArray[np.floating[Any]], threshold: float, *, above: bool) -> Mask:
    """Which images (n,) have an error at or above the threshold, or at or below it."""
    found: Mask = errors >= threshold if above else errors <= threshold
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """A selection that has a name."""

    name: str
    members: tuple[int, ...]

    @property
    def indices(self) -> Indices:
        return read_only(self.members)


Groups = tuple[Group, ...]
"""In the order in which they were made; no name twice. Never changed: what changes them gives another one."""


def with_group(groups: Groups, group: Group) -> Groups:
    """One more; its name gets a number where there is one of that name."""
    return (*groups, Group(free_name(groups, group.name), group.members))


def without(groups: Groups, name: str) -> Groups:
    return tuple(group for group in groups if group.name != name)


def renamed(groups: Groups, name: str, wish: str) -> Groups:
    """The group of this name under the wished one, with a number where another has that; an empty wish is none."""
    wish = wish.strip()
    if not wish or wish == name:
        return groups
    new = free_name(without(groups, name), wish)
    return tuple(Group(new, group.members) if group.name == name else group for group in groups)


def named(groups: Groups, name: str) -> Group | None:
    return next((group for group in groups if group.name == name), None)


def free_name(groups: Groups, wish: str) -> str:
    """``"sevens"``, or ``"sevens 2"`` where there are sevens already."""
    wish = wish.strip() or "Group"
    taken = {group.name for group in groups}
    names = (wish if number == 1 else f"{wish} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def as_text(groups: Groups, sample: int) -> str:
    """JSON, with the number of images in the sample that the indices are of."""
    listed = [{"name": group.name, "members": list(group.members)} for group in groups]
    record = {"version": VERSION, "sample": sample, "groups": listed}
    return json.dumps(record, ensure_ascii=False) + "\n"


def from_text(text: str, sample: int) -> Groups:
    """What :func:`as_text` wrote. Raises ValueError for anything else, and for groups of another sample."""
    try:
        record = json.loads(text)
        if record["version"] != VERSION:
            raise ValueError(f"groups of version {record['version']} cannot be read, only of version {VERSION}")
        if record["sample"] != sample:
            raise ValueError(f"the groups are of {record['sample']} images, and there are {sample}")
        groups: Groups = ()
        for listed in record["groups"]:
            groups = with_group(groups, Group(str(listed["name"]), _members(listed["members"], sample)))
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"this is no list of groups: {error}") from None
    return groups


def _members(listed: Any, sample: int) -> tuple[int, ...]:
    members = sorted({int(index) for index in listed})
    if members and not 0 <= members[0] <= members[-1] < sample:
        raise ValueError(f"a group names image {members[-1] if members[0] >= 0 else members[0]} of {sample}")
    return tuple(members)

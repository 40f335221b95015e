"""What a reader can choose to see."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 8  # places that one figure can name


@dataclass(frozen=True)
class Choice:
    """What to show; ``vintage`` "" is the one with most rows. Places may be one text: "wuhan,chengdu"."""

    places: tuple[str, ...]
    indicator: str
    first: int
    last: int
    transformation: str = "level"
    vintage: str = ""

    def __post_init__(self) -> None:
        given = self.places.split(",") if isinstance(self.places, str) else self.places  # papermill -p gives texts only
        object.__setattr__(self, "places", tuple(dict.fromkeys(given)))

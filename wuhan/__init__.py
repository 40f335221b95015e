"""Wuhan in Numbers: evidence; analysis and text; charts; studies; site; execution. Rooms import from those before.

For a question of one's own, in any notebook or script:

- ``wuhan.load(indicator, places, …)``: one tidy frame, one row for each place and period
- ``wuhan.coverage(indicator)``: which measures are known, for how many cities and years, and how firmly
- ``wuhan.fact(indicator, place, period)``: one number with its unit, interval and sources
- ``wuhan.derived(value, unit, frames)``: a number worked out with pandas, as such a fact
- ``wuhan.charts``: figures, with ``wuhan.charts.finish`` for one's own drawn with seaborn, matplotlib or pandas
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuhan import charts
    from wuhan.text.tidy import coverage, derived, fact, load

__all__ = ["charts", "coverage", "derived", "fact", "load"]


def __getattr__(name: str):
    """What is asked for is imported then: to import this package costs nothing and changes nothing."""
    if name == "charts":
        import wuhan.charts

        return wuhan.charts
    if name in __all__:
        from wuhan.text import tidy

        return getattr(tidy, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

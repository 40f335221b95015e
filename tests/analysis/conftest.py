"""A blend that is known, for the tests of the fit and of the placebos."""

import pytest
from small_panels import fallen, made, mixed

from wuhan.analysis import counterfactual


@pytest.fixture(scope="module")
def blended():
    """A city that is 0.6 A + 0.4 B and falls by nine points in the shock."""
    panel = made(fallen(mixed({"a": 0.6, "b": 0.4}), 9))
    return panel, counterfactual.fit(panel)

"""Companies shared by the tests; each is simulated once."""

import pytest

from seat.company import Company


@pytest.fixture(scope="session")
def company():
    return Company(seed=7)

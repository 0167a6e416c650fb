"""Chance depends on who is asked, never on who was asked before."""

import math

import numpy as np
import pytest

from seat.company import NotAllowed
from seat.company.draws import Draws, geometric, kumaraswamy, master_key, normal, poisson

IDS = np.arange(20_000)


def draws(seed=7):
    return Draws(master_key(seed))


def test_a_person_draws_the_same_number_in_any_company():
    alone = draws().uniform("want", np.array([4321]))[0]
    assert draws().uniform("want", IDS)[4321] == alone
    assert draws().uniform("want", IDS[::-1])[::-1][4321] == alone
    assert draws().uniforms("load want", IDS)[1][4321] == alone


def test_streams_seeds_and_neighbours_are_unrelated():
    numbers = [draws(s).uniform(name, IDS) for s in (7, 8) for name in ("want", "wants")]
    related = np.corrcoef([*numbers, np.roll(numbers[0], 1)])
    assert np.abs(related - np.eye(5)).max() < 4 / math.sqrt(len(IDS))


def test_numbers_are_uniform_and_never_nought_or_one():
    u = draws().uniform("want", np.arange(200_000))
    assert u.min() > 0
    assert u.max() < 1
    counts = np.histogram(u, 100, (0, 1))[0]
    assert ((counts - 2000) ** 2 / 2000).sum() < 160


def test_a_secret_key_needs_128_bits():
    with pytest.raises(NotAllowed, match="at least 16 bytes"):
        master_key(key=b"short")
    assert master_key(key=b"x" * 16) != master_key(key=b"x" * 15 + b"y")


@pytest.mark.parametrize("seed", ["7", 7.0, True, None])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(NotAllowed, match="a whole number"):
        master_key(seed)


def test_a_count_never_falls_when_its_mean_rises():
    means = np.linspace(0, 90, 3001)
    for u in (0.001, 0.3, 0.5, 0.9, 0.9999):
        assert (np.diff(poisson(np.full(len(means), u), means)) >= 0).all()


@pytest.mark.parametrize("mean", [0.0, 0.4, 3.0, 29.0, 31.0, 500.0])
def test_counts_have_the_mean_and_variance_of_poisson(mean):
    count = poisson(draws().uniform("count", np.arange(200_000)), mean)
    assert count.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / 200_000))
    assert count.var() == pytest.approx(mean, rel=0.02, abs=1e-9)


def test_quantiles_match_their_definitions():
    u = np.array([0.001, 0.2, 0.5, 0.8, 0.999])
    phi = np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in normal(u)])
    np.testing.assert_allclose(phi, u, atol=1e-8)
    np.testing.assert_allclose(1 - (1 - kumaraswamy(u, 2.0, 3.0) ** 2) ** 3, u)
    assert geometric(np.array([0.05, 0.5, 0.95]), 0.3).tolist() == [1, 2, 9]
    assert np.isinf(geometric(np.array([0.5]), 0.0)).all()

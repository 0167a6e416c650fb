"""Chance that depends on who is asked, never on who was asked before.

``Draws.uniform(stream, ids)`` is a pure function of (key, stream, id). Two
runs with the same key differ only where a lever changed something, so the
difference between them is the effect of the lever and nothing else.

Every stream has 128 bits of its own, derived from the master key with keyed
BLAKE2b; each id is mixed with them by two splitmix64 finalisers. Stream names
are public: a changed name is a changed world.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import NotAllowed

# The names say what is meant; NumPy's own types do not follow its arithmetic so far.
FloatArray = NDArray[Any]
IntArray = NDArray[Any]

# Ids are mixed in pieces that stay in the processor's cache, and small enough
# (under 128 KiB a column) for the allocator to hand the same memory out again.
CHUNK = 16_000
MINIMUM_KEY_BYTES = 16

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S11, _S27, _S30, _S31 = (np.uint64(bits) for bits in (11, 27, 30, 31))


def master_key(seed: int | None = None, key: bytes | None = None) -> bytes:
    """Return the 32 bytes that a world's chance is derived from.

    A seed is public and small: good for practice. A key has at least 128 bits
    and is what graded worlds use.
    """
    if key is not None:
        if not isinstance(key, bytes) or len(key) < MINIMUM_KEY_BYTES:
            raise NotAllowed("key", type(key).__name__, f"at least {MINIMUM_KEY_BYTES} bytes")
        return hashlib.blake2b(key, digest_size=32, person=b"seat.key").digest()
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)):
        raise NotAllowed("seed", seed, "a whole number")
    return hashlib.blake2b(str(int(seed)).encode(), digest_size=32, person=b"seat.seed").digest()


class Draws:
    """Uniform numbers in (0, 1) for any entity of any stream."""

    def __init__(self, master: bytes) -> None:
        self.master = master
        self.made = 0
        self._keys: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._scratch = _Scratch()

    def uniform(self, stream: str, ids: ArrayLike) -> FloatArray:
        """One number for each id."""
        return self.uniforms(stream, ids)[0]

    def uniforms(self, streams: str, ids: ArrayLike) -> list[FloatArray]:
        """Numbers for each of the streams named, apart by spaces."""
        first, second = self._stream_keys(streams)
        numbers = np.asarray(ids, dtype=np.int64).view(np.uint64)
        # Apart, so that each is small enough for the allocator to hand out again.
        out = [np.empty(len(numbers)) for _ in first]
        self._scratch.widen(len(first))
        for start in range(0, len(numbers), CHUNK):
            piece = numbers[start : start + CHUNK] * _GOLDEN
            mixed = self._scratch.mix(piece, first, second)
            mixed >>= _S11
            for row, words in zip(out, mixed, strict=True):
                part = row[start : start + CHUNK]
                np.add(words, 0.5, out=part)
                part *= 2.0**-53
        self.made += len(out) * len(numbers)
        return out

    def parts(self, stream: str, ids: ArrayLike, count: int) -> list[FloatArray]:
        """Two or three numbers for each id from one mixing, of 32 or 21 bits each.

        Enough for yes-or-no decisions and cheaper than a stream apiece.
        """
        first, second = self._stream_keys(stream)
        numbers = np.asarray(ids, dtype=np.int64).view(np.uint64)
        out = [np.empty(len(numbers)) for _ in range(count)]
        self._scratch.widen(1)
        for start in range(0, len(numbers), CHUNK):
            piece = numbers[start : start + CHUNK] * _GOLDEN
            rows = [row[start : start + CHUNK] for row in out]
            self._scratch.split(self._scratch.mix(piece, first, second)[0], rows)
        self.made += len(out) * len(numbers)
        return out

    def _stream_keys(self, streams: str) -> tuple[np.ndarray, np.ndarray]:
        if streams not in self._keys:
            words = [_stream_words(self.master, name) for name in streams.split()]
            pairs = np.array(words, dtype=np.uint64)
            self._keys[streams] = pairs[:, :1], pairs[:, 1:]
        return self._keys[streams]


def _stream_words(master: bytes, stream: str) -> tuple[int, int]:
    digest = hashlib.blake2b(stream.encode(), key=master, digest_size=16).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


class _Scratch:
    """Memory for mixing, used again and again: asking for it anew costs more than mixing."""

    def __init__(self) -> None:
        self._mixed = self._spare = np.empty((0, CHUNK), dtype=np.uint64)

    def widen(self, streams: int) -> None:
        if streams > len(self._mixed):
            self._mixed = np.empty((streams, CHUNK), dtype=np.uint64)
            self._spare = np.empty_like(self._mixed)

    def mix(self, piece: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """64 mixed bits for each stream and id; valid until the next call."""
        mixed = self._mixed[: len(first), : len(piece)]
        spare = self._spare[: len(first), : len(piece)]
        np.add(piece, first, out=mixed)
        _mix(mixed, spare)
        mixed += second
        _mix(mixed, spare)
        return mixed

    def split(self, mixed: np.ndarray, rows: list[np.ndarray]) -> None:
        """Cut words into as many equal pieces as there are rows, as numbers in (0, 1)."""
        bits = 64 // len(rows)
        spare = self._spare[0, : len(mixed)]
        for place, row in enumerate(rows):
            np.right_shift(mixed, np.uint64(place * bits), out=spare)
            spare &= np.uint64(2**bits - 1)
            np.add(spare, 0.5, out=row)
            row *= 2.0**-bits


def _mix(z: np.ndarray, spare: np.ndarray) -> None:
    """splitmix64's finaliser, in place."""
    np.right_shift(z, _S30, out=spare)
    z ^= spare
    z *= _FIRST
    np.right_shift(z, _S27, out=spare)
    z ^= spare
    z *= _SECOND
    np.right_shift(z, _S31, out=spare)
    z ^= spare


# Quantile functions: one uniform decides one thing, so that no sampler can
# take a number that belongs to the next entity.


def logistic(x: ArrayLike) -> FloatArray:
    """Chance from log-odds, safe for any size of argument."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def log_odds(u: FloatArray) -> FloatArray:
    """Standard logistic noise from a uniform."""
    return np.log(u / (1.0 - u))


def exponential(u: FloatArray, mean: ArrayLike) -> FloatArray:
    return np.multiply(-np.log1p(-u), np.asarray(mean, dtype=float))


def weibull(u: FloatArray, scale: ArrayLike, shape: float) -> FloatArray:
    return np.multiply((-np.log1p(-u)) ** (1.0 / shape), np.asarray(scale, dtype=float))


def kumaraswamy(u: FloatArray, a: float, b: float) -> FloatArray:
    """A share in (0, 1): the closed-form cousin of the beta distribution."""
    return (1.0 - (1.0 - u) ** (1.0 / b)) ** (1.0 / a)


def geometric(u: FloatArray, chance: ArrayLike) -> FloatArray:
    """Trials up to the first success; infinite where there is no chance."""
    with np.errstate(divide="ignore"):
        return np.ceil(np.log1p(-u) / np.log1p(-np.minimum(chance, 1 - 1e-12)))


# fmt: off
_TAIL = (
    (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00,
     -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00),
    (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00,
     3.754408661907416e00, 1.0),
)
_MIDDLE = (
    (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02,
     1.383577518672690e02, -3.066479806614716e01, 2.506628277459239e00),
    (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02,
     6.680131188771972e01, -1.328068155288572e01, 1.0),
)
# fmt: on


def normal(u: FloatArray) -> FloatArray:
    """Standard normal quantile (Acklam's rational approximation, error < 1.2e-9)."""
    root = np.sqrt(-2 * np.log(np.minimum(u, 1 - u)))
    tail = np.polyval(_TAIL[0], root) / np.polyval(_TAIL[1], root)
    y = u - 0.5
    middle = y * np.polyval(_MIDDLE[0], y * y) / np.polyval(_MIDDLE[1], y * y)
    return np.where(u < 0.02425, tail, np.where(u > 0.97575, -tail, middle))


# Above this mean a corrected normal quantile replaces the summed probabilities.
POISSON_EXACT = 30.0


def poisson(u: FloatArray, mean: ArrayLike) -> IntArray:
    """Poisson count by its quantile: never falls when the mean rises."""
    mean = np.broadcast_to(np.maximum(mean, 0.0), u.shape)
    large = mean > POISSON_EXACT
    if not large.any():
        return _poisson_small(u, mean)
    count = np.zeros(u.shape, dtype=np.int64)
    count[large] = _poisson_large(u[large], mean[large])
    count[~large] = _poisson_small(u[~large], mean[~large])
    return count


def _poisson_large(u: FloatArray, mean: FloatArray) -> FloatArray:
    z = normal(u)
    # The floor keeps the count from falling where the two methods meet.
    least = _poisson_small(u, np.full_like(mean, POISSON_EXACT))
    return np.maximum(np.floor(mean + np.sqrt(mean) * z + (z * z - 1) / 6 + 0.5), least)


def _poisson_small(u: FloatArray, mean: FloatArray) -> IntArray:
    shape, u, mean = u.shape, u.ravel(), mean.ravel()
    count = np.zeros(len(u), dtype=np.int64)
    term = np.exp(-mean)
    left = np.flatnonzero(u > term)
    u, mean, term = u[left], mean[left], term[left]
    total = term
    k = 0
    while len(left):
        k += 1
        count[left] = k
        term = term * mean / k
        total = total + term
        # A term too small to move the sum would never end the search.
        more = (u > total) & (term > 1e-300) & (k < 400)
        left, u, mean, term, total = left[more], u[more], mean[more], term[more], total[more]
    return count.reshape(shape)

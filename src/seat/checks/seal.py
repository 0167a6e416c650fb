"""Sentences that open only to those who made the mistake.

A released folder must name no misconception, and still tell a learner who
holds one what it is. So each sentence is sealed with the answers that its
misconception gives on the visible cases: whoever gives the same answers can
open it, and nobody reads it at a glance. It is a curtain, not a safe: the
marks rest on the hidden cases alone (docs/decisions/sealed-sentences.md).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import pandas as pd

from seat.checks.compare import TableShape, plain, with_index_columns

# A learner may round: answers are also tried at these numbers of decimals.
DECIMALS = (None, 4, 3, 2, 1, 0)
# Coarser than this share of the smallest answer, two ideas would look alike.
FINEST_SHARE = 0.02

Tokens = list[Any]


def tokens(vector: Sequence[Any], shape: TableShape | None = None) -> Tokens:
    """Flatten an answer vector to numbers and words, in a fixed order."""
    flat: Tokens = []
    for value in vector:
        _flatten(value, shape, flat)
    return flat


def _flatten(value: Any, shape: TableShape | None, flat: Tokens) -> None:
    if isinstance(value, pd.DataFrame) and shape:
        value = with_index_columns(value, shape)
        names = [name for name in (*shape.key, *shape.columns) if name in value.columns]
        rows = sorted(zip(*(value[name].tolist() for name in names), strict=True), key=repr)
        value = [list(row) for row in rows]
    value = plain(value)
    if isinstance(value, list | tuple):
        for item in value:
            _flatten(item, shape, flat)
        flat.append(f"#{len(value)}")
    elif isinstance(value, dict):
        for name in sorted(value, key=str):
            flat.append(str(name))
            _flatten(value[name], shape, flat)
    elif type(value) in (int, float):
        flat.append(float(value))
    else:
        flat.append(str(value).strip().casefold())


def word(flat: Tokens, decimals: int | None) -> str:
    """The answers as one word, to ten digits or to so many decimals."""
    return json.dumps([_rounded(token, decimals) for token in flat])


def _rounded(token: Any, decimals: int | None) -> str:
    if not isinstance(token, float):
        return token
    if not math.isfinite(token):
        return str(token)
    # Adding zero turns -0.0 into 0.0.
    number = (token if decimals is None else round(token, decimals)) + 0.0
    return f"{number:.9g}"


def seal(sentence: str, vector: Sequence[Any], salt: str, shape: TableShape | None = None) -> list:
    """Seal a sentence with each word that stands for the answers."""
    flat = tokens(vector, shape)
    words = dict.fromkeys(word(flat, decimals) for decimals in useful_decimals(flat))
    return [[_lock(each, salt), _mix(sentence.encode(), each, salt).hex()] for each in words]


def useful_decimals(flat: Tokens) -> list[int | None]:
    """The roundings that still tell these answers from others."""
    sizes = [abs(token) for token in flat if isinstance(token, float) and token]
    if not sizes:
        return [None]
    smallest = min(sizes)
    return [None] + [d for d in DECIMALS[1:] if d is not None and 10**-d <= FINEST_SHARE * smallest]


def unseal(
    sealed: list, vector: Sequence[Any], salt: str, shape: TableShape | None = None
) -> str | None:
    """The sentence that these answers open, or None."""
    locks = dict(map(tuple, sealed))
    flat = tokens(vector, shape)
    for decimals in DECIMALS:
        key = word(flat, decimals)
        text = locks.get(_lock(key, salt))
        if text is not None:
            return _mix(bytes.fromhex(text), key, salt).decode()
    return None


def _lock(key: str, salt: str) -> str:
    return hashlib.sha256(f"lock|{salt}|{key}".encode()).hexdigest()[:16]


def _mix(text: bytes, key: str, salt: str) -> bytes:
    blocks = (
        hashlib.sha256(f"text|{salt}|{key}|{block}".encode()).digest()
        for block in range(len(text) // 32 + 1)
    )
    stream = b"".join(blocks)[: len(text)]
    return bytes(a ^ b for a, b in zip_longest(text, stream))

"""Numbers that name people and things, the same under every plan.

    visitor  = day (12 bits) | arrival (4) | region (4) | slot (28)    48 bits
    visit    = visitor | ordinal (4): first visit 0, then each later one 52 bits
    lead, opportunity, customer = the visitor
    ticket   = customer | billing cycle (8) | ordinal (6)              62 bits

The person who fills slot 3 of a day is the same person whatever the plan, so
tables of two plans can be merged on the id.
"""

from __future__ import annotations

import numpy as np

from .draws import IntArray

SLOT_BITS, REGION_BITS, ARRIVAL_BITS, ORDINAL_BITS = 28, 4, 4, 4
LAST_ORDINAL = 2**ORDINAL_BITS - 1
TICKET_BITS = 6
CYCLE_BITS = 8


def visitor_base(day: np.ndarray, arrival: np.ndarray | int, region: np.ndarray) -> IntArray:
    """Visitor number of slot 0 of a day, an arrival and a region."""
    cell = np.asarray(day, dtype=np.int64) << ARRIVAL_BITS | arrival
    return (cell << REGION_BITS | region) << SLOT_BITS


def first_visit(visitor: IntArray) -> IntArray:
    return visitor << ORDINAL_BITS


def visitor_of(visit: IntArray) -> IntArray:
    return visit >> ORDINAL_BITS


def region_of(visitor: IntArray) -> np.ndarray:
    return ((visitor >> SLOT_BITS) & (2**REGION_BITS - 1)).astype(np.int8)


def arrival_of(visitor: IntArray) -> np.ndarray:
    return ((visitor >> (SLOT_BITS + REGION_BITS)) & (2**ARRIVAL_BITS - 1)).astype(np.int8)


def cycle_key(customer: IntArray, cycle: np.ndarray) -> IntArray:
    """Number of one billing cycle of one customer."""
    return customer << CYCLE_BITS | cycle


def ticket_number(cycle_keys: IntArray, ordinal: np.ndarray) -> IntArray:
    return cycle_keys << TICKET_BITS | ordinal


def customer_of_ticket(ticket: IntArray) -> IntArray:
    return ticket >> (CYCLE_BITS + TICKET_BITS)

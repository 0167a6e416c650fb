"""Names of small businesses, made of syllables so that none is a real one on purpose."""

from __future__ import annotations

import numpy as np

from .draws import Draws, IntArray


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words(
    "Alder Birch Cedar Dunmore Elmfield Farrow Garnet Hollin Ivybank Juniper Kestrel Larch "
    "Marlow Nettle Orchard Pebble Quarry Rowan Saltmarsh Thistle Umber Vesper Willow Yarrow "
    "Ashcroft Bramble Copperhill Dovedale Eastmere Foxley Greystone Heather"
)
_SECOND = _words(
    "Plumbing Dental Bakery Joinery Studio Legal Gardens Cycles Tutors Physio Print Optics "
    "Catering Interiors Logistics Roofing Fitness Accounting Pottery Travel Clinic Motors "
    "Tailors Cleaning Florists Surveyors Music Pets Kitchens Electrics Coffee Windows"
)
PEOPLE = _words(
    "Amara Bruno Chidi Dalia Emre Farah Goran Hana Ilse Jonas Kaveh Leila Mateo Nadia Otis "
    "Priya Quentin Rosa Samir Tove Uma Viktor Wanda Ximena Yusuf Zora"
)


def company_names(draws: Draws, who: IntArray) -> np.ndarray:
    """A name for each visitor's firm; two firms may share one, as in life."""
    first, second = draws.uniforms("name_first name_second", who)
    pairs = (first * len(_FIRST)).astype(np.int64) * len(_SECOND)
    pairs += (second * len(_SECOND)).astype(np.int64)
    both = np.array([f"{a} {b}" for a in _FIRST for b in _SECOND], dtype=object)
    return both[pairs]


def person(number: int) -> str:
    """Name of the n-th member of a team."""
    turn, place = divmod(int(number), len(PEOPLE))
    return PEOPLE[place] + (f" {turn + 1}" if turn else "")

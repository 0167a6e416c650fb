"""Names of small businesses, made of syllables so that none is a real one on purpose."""

from __future__ import annotations

from itertools import product

import numpy as np

from .draws import Draws, IntArray


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words(
    "Alder Birch Cedar Dunmore Elmfield Farrow Garnet Hollin Ivybank Juniper Kestrel Larch "
    "Marlow Nettle Orchard Pebble Quarry Rowan Saltmarsh Thistle Umber Vesper Willow Yarrow "
    "Ashcroft Bramble Copperhill Dovedale Eastmere Foxley Greystone Heather"
)
_MIDDLE = _words(
    "Bank Bridge Brook Close Corner Court Cross Dale Down Farm Field Ford Gate Green Grove Hall "
    "Hill House Lane Lodge Mead Mill Moor Park Point Reach Ridge Row Side Square Street Yard"
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
    parts = (_FIRST, _MIDDLE, _SECOND)
    place = np.zeros(len(who), dtype=np.int64)
    for u, part in zip(
        draws.uniforms("name_first name_middle name_second", who), parts, strict=True
    ):
        place = place * len(part) + (u * len(part)).astype(np.int64)
    names = np.array([" ".join(words) for words in product(*parts)], dtype=object)
    return names[place]


def person(number: int) -> str:
    """Name of the n-th member of a team."""
    turn, place = divmod(int(number), len(PEOPLE))
    return PEOPLE[place] + (f" {turn + 1}" if turn else "")

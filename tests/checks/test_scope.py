"""A solution reads only locked cells, Python's own names and its own."""

import pytest

from seat.checks.question import QuestionError
from seat.checks.scope import Foreign, foreign_names
from tests.checks import samples

GIVEN = {"pd", "statements"}


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\ny = x + len(statements)",
        "def f(a, b=pd, *c, d=1, **e):\n    return a, b, c, d, e",
        "import os.path as o\nfrom json import loads as read\no, read",
        "[row for row in statements if row]",
        "{k: v for k, v in statements}",
        "[last := row for row in statements]\nlast",
        "try:\n    1\nexcept ValueError as error:\n    print(error)",
        "def sets():\n    global kept\n    kept = 1\ndef gives():\n    return kept",
        "def outer():\n    n = 1\n    def inner():\n        nonlocal n\n        n += 1\n    return inner",
        "class A:\n    k = 1\n    j = k\n    def m(self):\n        return self.k, super().m, __class__",
        "for i, (j, *k) in []:\n    i, j, k",
        "with open('x') as handle:\n    handle",
        "match statements:\n    case {'a': v, **rest}:\n        v, rest\n    case [p, *q]:\n        p, q",
        "def again(n):\n    return again(n - 1)",
        "def later():\n    return helper()\ndef helper():\n    return 1",
        "async def f():\n    async for a in statements:\n        a",
        "def f(x: int) -> 'Undefined':\n    return x",
        "x: int = 3\nx",
        "display(1)\n__name__",
        "from pandas import *\nDataFrame()",
    ],
)
def test_what_a_cell_defines_or_is_given_is_its_own(source):
    assert foreign_names(source, GIVEN) == []


@pytest.mark.parametrize(
    ("source", "line", "name"),
    [
        ("y = other", 1, "other"),
        ("def f():\n    return helper()", 2, "helper"),
        ("def f():\n    rows = 1\n\n[z for z in rows]", 4, "rows"),
        ("@deco\ndef f(): ...", 1, "deco"),
        ("def f(a=default): ...", 1, "default"),
        ("class A(Base): ...", 1, "Base"),
        ("class A:\n    k = 1\n    def m(self):\n        return k", 4, "k"),
        ("def f():\n    global g\n    return g", 3, "g"),
        ("f'{nike}'", 1, "nike"),
        ("lambda: far", 1, "far"),
        ("try:\n    1\nexcept Odd as e:\n    e", 3, "Odd"),
        ("a.b = 3", 1, "a"),
        ("a[0] = 3", 1, "a"),
        ("if False:\n    margins(1)", 2, "margins"),
        ("def f(**more):\n    return dict(*rest, **more)", 2, "rest"),
    ],
)
def test_a_name_from_elsewhere_is_found_at_its_line(source, line, name):
    assert foreign_names(source, GIVEN) == [Foreign(line, name)]


def test_a_solution_that_reads_another_answer_is_refused_with_what_to_do():
    leaning = samples.SOLUTION.replace("1 / margin", "1 / contribution(margin)")
    with pytest.raises(QuestionError) as refused:
        samples.written(solution=leaning)
    assert str(refused.value) == (
        "sample.md, cell 3, line 4: This solution reads 'contribution', which no locked cell "
        "gives. Define it in this cell or in a cell tagged 'setup'; no answer may need another."
    )


def test_a_solution_that_is_no_python_is_refused_at_its_line():
    with pytest.raises(QuestionError, match="cell 3, line 2: It is no Python"):
        samples.written(solution="x = 1\nx = = 2")

"""The secret is made once; no key tells another."""

import itertools
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from seat.grading.keys import case_key, course_secret

SECRET = bytes(32)


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    first = course_secret(tmp_path / "grading")
    assert len(first) == 32
    assert course_secret(tmp_path / "grading") == first
    assert (tmp_path / "grading" / "secret").stat().st_mode & 0o077 == 0


def test_two_courses_have_two_secrets(tmp_path):
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


def test_graders_that_start_at_once_agree_on_the_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(course_secret, itertools.repeat(tmp_path / "grading", 16)))
    assert len(found) == 1
    assert [path.name for path in (tmp_path / "grading").iterdir()] == ["secret"]


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=2, max_size=2, unique=True))
def test_another_student_assignment_or_question_has_another_key(pair):
    one, other = pair
    assert case_key(SECRET, *one) != case_key(SECRET, *other)


def test_a_key_is_long_enough_that_no_search_finds_it():
    assert len(case_key(SECRET, "a", "s", "q")) * 8 >= 128


def test_the_same_names_under_another_secret_give_another_key():
    assert case_key(SECRET, "a", "s", "q") != case_key(b"1" * 32, "a", "s", "q")

"""Secret worlds: derived from the secret, screened, never left open."""

import json
import secrets
import stat
import subprocess

import pytest

from seat.company import Company, CompanyError, NotAllowed
from seat.company.worlds import (
    SECRET_BYTES,
    GradedWorlds,
    Lessons,
    admissible,
    main,
    spread,
    world_key,
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    # A known secret: of another one's first worlds, too few may be usable.
    folder = tmp_path_factory.mktemp("grading") / "worlds"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("seat.company.worlds.secrets.token_bytes", bytes)
        return GradedWorlds.create(folder, 14, ["software"], 2)


def lesson(customers=1000, revenue=1e6, best=100.0, trap=3.0):
    incremental = {"paid_social": best, "generic_search": 150.0, "display": 400.0}
    last = {"paid_social": 300.0, "generic_search": 120.0, "display": 900.0}
    brand = {"brand_search": 100.0 * trap}
    return Lessons(customers, revenue, incremental | brand, last | {"brand_search": 100.0})


def test_worlds_where_the_lesson_fails_are_dropped():
    found = {
        0: lesson(),
        1: lesson(best=140.0),
        2: lesson(trap=1.5),
        3: lesson(customers=2000),
        4: lesson(revenue=2e6),
        5: lesson(customers=1100),
    }
    assert admissible(found) == [0, 5]
    assert admissible(found, has_funnel=False) == [0, 1, 2, 5]


def test_some_worlds_of_a_secret_are_kept(graded):
    assert len(graded.numbers["software"]) == 2
    graded.company("software", 0).check()


def test_a_student_always_meets_the_same_world(graded):
    one = graded.for_student("software", "ada", "15-what-worked")
    again = GradedWorlds(graded.folder).for_student("software", "ada", "15-what-worked")
    assert one.income_statement().equals(again.income_statement())


def test_worlds_of_other_secrets_are_other_worlds():
    keys = {
        world_key(secret, firm, n)
        for secret in (b"a" * 32, b"b" * 32)
        for firm in "xy"
        for n in (1, 2)
    }
    assert len(keys) == 8
    assert min(len(key) for key in keys) >= 16
    with pytest.raises(NotAllowed, match="at least 16 bytes"):
        world_key(b"short", "software", 1)


def test_the_folder_is_no_answer_key(graded):
    assert stat.S_IMODE(graded.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in graded.folder.iterdir()} == {0o600}
    assert set(json.loads((graded.folder / "worlds.json").read_text())) == {"admissible"}


def test_too_few_worlds_are_an_error_and_leave_nothing(tmp_path):
    with pytest.raises(CompanyError, match=r"Of 1 worlds screened .* nothing was written\. Screen"):
        GradedWorlds.create(tmp_path / "few", 1, ["software"])
    assert not (tmp_path / "few").exists()
    with pytest.raises(NotAllowed, match="wanted = 0 is not allowed"):
        GradedWorlds.create(tmp_path / "few", wanted=0)


def test_a_folder_without_worlds_of_a_firm_says_so(tmp_path):
    (tmp_path / "worlds.json").write_text('{"admissible": {"software": []}}')
    (tmp_path / "secret.key").write_bytes(b"s" * 32)
    for ask in (lambda w: w.company("software", 0), lambda w: w.for_student("software", "a", "b")):
        with pytest.raises(NotAllowed, match="a firm with worlds in the folder"):
            ask(GradedWorlds(tmp_path))


def test_the_best_channel_differs_as_evenly_as_the_candidates_allow():
    social, search = lesson(), lesson(best=150.0)
    search.cost_per_incremental["generic_search"] = 100.0
    kept = dict.fromkeys(range(9), social) | {9: search, 10: search}
    assert spread(kept, 4) == [0, 1, 9, 10]
    assert spread(kept, 6) == [0, 1, 2, 3, 9, 10]


def test_the_secret_is_private_and_git_never_sees_it(graded):
    assert stat.S_IMODE((graded.folder / "secret.key").stat().st_mode) == 0o600
    subprocess.run(["git", "init", "-q"], cwd=graded.folder.parent, check=True)
    seen = subprocess.run(
        ["git", "status", "--short"], cwd=graded.folder.parent, capture_output=True, check=True
    )
    assert seen.stdout == b""


def test_a_secret_is_long_and_made_anew_each_time():
    made = {secrets.token_bytes(SECRET_BYTES) for _ in range(3)}
    assert len(made) == 3
    assert SECRET_BYTES * 8 >= 128


def test_a_secret_is_never_replaced(graded):
    with pytest.raises(NotAllowed, match="it has one already"):
        GradedWorlds.create(graded.folder, 1)


def test_a_seed_never_opens_a_graded_world(graded):
    world = graded.company("software", 0)
    assert len(world._world.master) * 8 >= 128
    assert all(world._world.master != Company(seed=s, size=0.1)._world.master for s in range(50))


@pytest.mark.parametrize("arguments", [[], ["--help"], ["one", "two"]])
def test_the_command_says_that_it_needs_a_folder(arguments, capsys):
    assert main(arguments) == 2
    assert "python -m seat.company.worlds FOLDER" in capsys.readouterr().err


def test_a_place_beyond_the_list_is_refused(graded):
    with pytest.raises(NotAllowed, match="a whole number from 0 to"):
        graded.company("software", 14)

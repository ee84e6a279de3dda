#!/usr/bin/env python3
"""Grades a submission of the workbook for Classroom 50.

Put this file at CLASSROOM/autograders/ASSIGNMENT/autograder.py of your
classroom's repository, set the four values below, and give the assignment a
runtime of {"java": "25"}. (A tests.json beside it is not read; a declarative
test knows only pass or fail, and no points by rule.)

It is run in the student's checkout, which it only reads. It takes your
workbook, not the student's, grades a copy of the checkout there, and leaves
result.json and release-body.md in the checkout. It ends with 0 when it has
graded, whatever the grade, and with 1 when it could not.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

# Where your workbook is, and the commit that grades. A folder will do as well.
WORKBOOK = ""
COMMIT = ""
# Which module it is, such as "02-queue". Empty: the one that is begun.
MODULE = ""
# In seconds. The first run gets Maven's libraries.
LIMIT = 1500

SUBMISSION = "submission"


class CannotGrade(Exception):
    """Says why."""


def run(command, folder, environment=None):
    """Runs a command and gives what it printed."""
    program = shutil.which(command[0])
    if program is None:
        raise CannotGrade(f"there is no {command[0]} on the PATH")
    try:
        done = subprocess.run(
            [program, *command[1:]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        raise CannotGrade(f"{command[0]} was not done after {LIMIT} s") from e
    if done.returncode != 0:
        raise CannotGrade(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def workbook(folder):
    """The instructor's workbook: a folder that is there, or a fresh clone."""
    place = os.environ.get("WORKBOOK") or WORKBOOK
    if not place:
        raise CannotGrade("no workbook is named: set WORKBOOK in autograder.py")
    if (pathlib.Path(place) / "exercises").is_dir():
        return pathlib.Path(place)
    run(["git", "clone", "--quiet", "--no-checkout", place, str(folder)], folder.parent)
    run(["git", "checkout", "--quiet", "--detach", COMMIT or "HEAD"], folder)
    return folder


def submitted_at(checkout):
    """When the commit was made that is graded, which stays the same; empty if nobody knows."""
    try:
        seconds = int(run(["git", "log", "-1", "--format=%ct"], checkout))
    except (CannotGrade, ValueError):
        return ""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def grade(checkout, folder):
    """Grades the checkout, and gives the folder of its results."""
    book = workbook(folder / "workbook")
    shutil.copytree(
        checkout,
        folder / "all" / SUBMISSION,
        symlinks=True,
        ignore=shutil.ignore_patterns(".git", "target"),
    )
    out = folder / "out"
    command = ["mvn", "-B", "-q", "test", f"-Dgrade={folder / 'all'}", f"-Dout={out}"]
    if MODULE:
        command.append(f"-Dmodule={MODULE}")
    environment = dict(os.environ)
    when = submitted_at(checkout)
    if when:
        environment["SUBMITTED_AT"] = when
    print(run(command, book, environment))
    results = out / SUBMISSION
    if not (results / "result.json").is_file():
        raise CannotGrade("the grader left no result.json")
    return results


def body(card):
    """The text of a release: the card, in a fence that is longer than any in it."""
    ticks = max((len(ticks) for ticks in re.findall("`+", card)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}text\n{card.strip()}\n{fence}\n"


def main():
    checkout = pathlib.Path.cwd()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            results = grade(checkout, pathlib.Path(folder).resolve())
            card = (results / "card.txt").read_text(encoding="utf-8")
            (checkout / "release-body.md").write_text(body(card), encoding="utf-8")
            shutil.copyfile(results / "result.json", checkout / "result.json")
    except (CannotGrade, OSError, shutil.Error) as e:
        print(f"It cannot be graded: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

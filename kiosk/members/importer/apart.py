"""What is asked of a brought file; a long one is worked out in a process of its own.

The memory of ten thousand people would stay with a machine that serves for
months: it goes with the process that read them. A short file is read at once.
"""

import datetime
import os
import pickle
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.language import msg
from kiosk.members.importer import explained, plan, sheet, writing
from kiosk.members.importer.plan import Outcome, Plan, Step
from kiosk.places import queries as places
from kiosk.storage import Refusal

LONG = 60_000
"""Bytes from which a file is read apart: about a thousand people."""
_HOME = str(Path(__file__).resolve().parents[3])
_PATIENCE = 300.0


@dataclass(frozen=True)
class Job:
    """What is asked of a file: `task` is "look", "explain" or "write".

    `day` is when its ages were true (ISO or ''), `above` as the file waits with it. A look
    shows `count` lines from `first` on, of one `outcome` or of all; `wrong_alone` is for an
    explanation.
    """

    task: str
    path: Path
    file_name: str
    day: str
    staff: uuid.UUID
    outcome: Outcome | None = None
    first: int = 0
    count: int = 0
    wrong_alone: bool = True
    above: int = 0

    @property
    def writes(self) -> bool:
        """Tell whether the job needs a transaction."""
        return self.task == "write"


@dataclass(frozen=True)
class Seen:
    """What a file would do: how many lines of each outcome, and those that were asked for of `total`."""

    counts: Counter[Outcome]
    steps: Sequence[Step]
    total: int
    communes: Mapping[str, str]
    file_day: datetime.date
    kept_titles: Sequence[str] = ()
    other_titles: Sequence[str] = ()
    as_said: bool = False

    @property
    def changes_something(self) -> bool:
        """Tell whether writing the file would write anything."""
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.FILLED])


@dataclass(frozen=True)
class Written:
    """An import that was done: its run, and how many lines met each outcome."""

    run: uuid.UUID
    counts: Counter[Outcome] = field(default_factory=Counter)


def is_long(path: Path) -> bool:
    """Tell whether a file is read in a process of its own."""
    return path.stat().st_size >= LONG


def do(job: Job, tables: Sequence[sheet.Table]) -> Any:
    """Do a job with the tables of its file, in the ambient session; raises Refusal."""
    space = places.here_uid()
    if space is None:
        raise Refusal(msg("Cette machine n’a pas encore d’espace."))
    day = datetime.date.fromisoformat(job.day) if job.day else None
    made = plan.make(tables, space, day)
    if job.task == "write":
        return Written(writing.apply(made, job.file_name).uid, made.counts)
    return explained.content(made, job.wrong_alone) if job.task == "explain" else _seen(made, job)


def _seen(made: Plan, job: Job) -> Seen:
    steps = [step for step in made.steps if job.outcome in (None, step.outcome)]
    # Behind the last page stands the last page.
    first = min(job.first, max(0, (len(steps) - 1) // job.count * job.count)) if job.count else 0
    shown = steps[first : first + job.count]
    titles = made.kept_titles, made.other_titles, made.as_said
    return Seen(made.counts, shown, len(steps), made.communes, made.file_day, *titles)


def ask(data: Path, job: Job) -> Any:
    """Have a job done in a process of its own, on the machine whose data is there; raises Refusal."""
    command = [sys.executable, "-m", "kiosk", "--data", str(data), "members", "apart"]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_HOME, os.environ.get("PYTHONPATH"))))}
    asked = pickle.dumps(job)
    done = subprocess.run(command, input=asked, env=found, capture_output=True, timeout=_PATIENCE)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-800:])
    # Our own process wrote it.
    answer = pickle.loads(done.stdout)  # noqa: S301
    if isinstance(answer, _Refused):
        raise sheet.Untitled() if answer.untitled else Refusal(answer.message, answer.field)
    return answer


@dataclass(frozen=True)
class _Refused:
    message: Any
    field: str | None
    untitled: bool


def told(answer: Any) -> bytes:
    """Return an answer, or a refusal, as the asking process reads it."""
    if isinstance(answer, Refusal):
        answer = _Refused(answer.message, answer.field, isinstance(answer, sheet.Untitled))
    return pickle.dumps(answer)


def heard(asked: bytes) -> Job:
    """Return the job that the asking process sent."""
    job: Job = pickle.loads(asked)  # noqa: S301 - only our own process speaks to this command
    return job

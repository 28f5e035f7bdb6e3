"""What was seen of a project -> its score: the best evidence of each test, seven tests a section, the weakest section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from readiness.engine.outcome import Outcome
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.score.sheet import Evidence, ScoreTest, Section, Sheet, Sign, name_of, name_of_silent


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign and the first place where it was seen."""

    what: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence for a test: what it earns, where it stands, and what makes it whole."""

    points: float
    seen: Seen
    beside: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One test, and the evidence for it from the best on."""

    test: ScoreTest
    proofs: tuple[Proof, ...]

    @property
    def points(self) -> float:
        """What the best evidence earns."""
        return max((proof.points for proof in self.proofs), default=0)


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the score."""

    section: Section
    cells: tuple[Cell, ...]

    @property
    def points(self) -> float:
        """The sum of its tests."""
        return sum(cell.points for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Score:
    """The four sections; `trains` is where the project trains a model, if that was seen."""

    parts: tuple[Part, ...]
    means: str
    trains: Seen | None
    files: int
    unread: int

    @property
    def weakest(self) -> Part:
        """The section that decides."""
        return min(self.parts, key=lambda part: part.points)

    @property
    def points(self) -> float:
        """The score: no section can make up for another."""
        return self.weakest.points

    @property
    def signs(self) -> list[Finding]:
        """All that it rests on: who counts these alone comes to the same score."""
        proofs = [proof for part in self.parts for cell in part.cells for proof in cell.proofs]
        seen = [one for proof in proofs for one in (proof.seen, *proof.beside)]
        return [one.finding for one in (*seen, *([self.trains] if self.trains else ()))]


@dataclass(frozen=True, slots=True)
class _Tally:
    """The findings of a run by the names of the signs."""

    sheet: Sheet
    found: Mapping[str, Sequence[Finding]]

    def cell(self, test: ScoreTest) -> Cell:
        """A test with its evidence."""
        proofs = (self._proof(name_of(test, number), evidence) for number, evidence in enumerate(test.evidence))
        return Cell(test, tuple(sorted(filter(None, proofs), key=lambda proof: -proof.points)))

    def seen(self, name: str, sign: Sign, path: str = "") -> Seen | None:
        """The first place of a sign, where it says something about a path; what runs by itself comes before a notebook."""
        places = sorted(self.found.get(name, ()), key=lambda finding: (_by_hand(finding), finding.location))
        found = next((place for place in places if not path or _speaks_of(place.location.path, path)), None)
        return None if found is None else Seen(sign.what, found)

    def _proof(self, name: str, evidence: Evidence) -> Proof | None:
        seen = self._in_use(evidence).seen(name, evidence)
        if seen is None or any(self.found.get(name_of_silent(rule)) for rule in evidence.silent):
            return None
        if not all(self.found.get(sign) for sign in evidence.only_with):
            return None
        beside = tuple(self._beside(evidence, seen.finding.location.path))
        points = evidence.earns if len(beside) == len(evidence.full_with) else min(evidence.earns, 0.5)
        return Proof(min(points, self.sheet.in_notebook) if _by_hand(seen.finding) else points, seen, beside)

    def _in_use(self, evidence: Evidence) -> _Tally:
        """Without the places in notebooks that write a file of a name that nothing else has, where others are named."""
        names = {finding.bindings.get("$1", "") for finding in self.found.get(evidence.named_by, ())}
        if not names:
            return self
        found = {name: [one for one in all_ if _may_be_named(one, names)] for name, all_ in self.found.items()}
        return replace(self, found=found)

    def _beside(self, evidence: Evidence, path: str) -> Iterator[Seen]:
        for name in evidence.full_with:
            seen = self.seen(name, self.sheet.shared[name], path)
            if seen is not None:
                yield seen


def tally(sheet: Sheet, outcome: Outcome) -> Score:
    """The score of what a run has seen."""
    found: dict[str, list[Finding]] = defaultdict(list)
    uses = ProjectFacts(outcome.facts).uses
    evidence = {name for name, _, sign in sheet.signs() if isinstance(sign, Evidence)}
    for finding in outcome.findings:
        runs = finding.project or uses.may_run(finding.location.path, finding.symbol)
        if runs or finding.rule not in evidence:
            found[finding.rule].append(finding)
    tallied = _Tally(sheet, found)
    parts = tuple(Part(section, tuple(map(tallied.cell, section.tests))) for section in sheet.sections)
    lowest = min(part.points for part in parts)
    return Score(
        parts=parts,
        means=next(reading.means for reading in reversed(sheet.readings) if lowest >= reading.above),
        trains=tallied.seen("trains", sheet.trains),
        files=len(outcome.analysed),
        unread=sum(not skipped.expected for skipped in outcome.skipped),
    )


def _by_hand(finding: Finding) -> bool:
    """Whether a person has to run what was found."""
    return finding.location.cell is not None


def _may_be_named(finding: Finding, names: set[str]) -> bool:
    """Whether a file that a notebook writes has one of these names; where the code does not tell its name, it may."""
    file = finding.bindings.get("$FILE", "")
    return not _by_hand(finding) or not file or PurePosixPath(file).name in names


def _speaks_of(sign: str, path: str) -> bool:
    """Whether a file says something about another: it lies beside or above it, as `.github/` lies where it stands."""
    folder = PurePosixPath(sign).parent
    hidden = [part for part in (folder, *folder.parents) if part.name.startswith(".")]
    own = hidden[-1].parent if hidden else folder.parent if folder.name == "requirements" else folder
    return own in PurePosixPath(path).parents

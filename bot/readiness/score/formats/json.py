"""The score as one JSON object."""

from __future__ import annotations

import json

from readiness import __version__
from readiness.score.tally import Cell, Part, Score, Seen
from readiness.score.words import code_of


def render(score: Score) -> str:
    """`version, score, weakest, means, trains, sections, tests, files`."""
    return json.dumps({"version": __version__, **score_record(score)}, indent=2, ensure_ascii=False) + "\n"


def score_record(score: Score) -> dict[str, object]:
    """The score as plain data."""
    return {
        "score": score.points,
        "weakest": score.weakest.section.id,
        "means": score.means,
        "trains": None if score.trains is None else _seen(score.trains),
        "sections": {part.section.id: part.points for part in score.parts},
        "tests": [_cell(part, cell) for part in score.parts for cell in part.cells],
        "files": {"analysed": score.files, "not_analysed": score.unread},
    }


def _cell(part: Part, cell: Cell) -> dict[str, object]:
    return {
        "id": cell.test.id,
        "section": part.section.id,
        "title": cell.test.title,
        "question": cell.test.question,
        "points": cell.points,
        "evidence": [
            {"points": proof.points, **_seen(proof.seen), "beside": list(map(_seen, proof.beside))}
            for proof in cell.proofs
        ],
        "next_step": cell.test.next_step,
    }


def _seen(seen: Seen) -> dict[str, object]:
    place = seen.finding.location
    return {"what": seen.what, "path": place.path, "cell": place.cell, "line": place.line, "code": code_of(seen)}

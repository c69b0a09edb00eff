"""What the service of ``examples/serve_from_postgres.py`` does, on any database."""

from __future__ import annotations

import serve_from_postgres
from fastapi.testclient import TestClient
from tests.support.rendered import Page

import lgsco
from lgsco import convert, published

KENT = published.register().find("Kent")
DECISIONS = [
    lgsco.Decision(
        f"23 000 {number:03}",
        KENT,
        outcome=lgsco.Outcome.UPHELD if number % 4 else lgsco.Outcome.NOT_UPHELD,
        decided_on=lgsco.ReportingYear(2024).start,
        service_area=lgsco.ServiceArea.HOUSING,
    )
    for number in range(8)
]


def body_of(decisions):
    return convert.to_dict(decisions)["values"]


def check_service(address):
    """Send decisions, right and wrong ones, and ask for everything; then start anew."""
    client = TestClient(serve_from_postgres.app(address, "Kent"))
    assert client.get("/decisions").json() == []
    assert client.post("/decisions", json=body_of(DECISIONS)).json() == {"received": 8, "kept": 8}

    # What is wrong is told at its place, and nothing of it is kept.
    surrey = published.register().find("Surrey")
    wrong = {
        "an outcome": ([body_of(DECISIONS)[0] | {"outcome": "lost"}], ["body", 0, "outcome"]),
        "another council": (
            body_of([DECISIONS[0], lgsco.evolve(DECISIONS[1], authority=surrey)]),
            ["body", 1, "authority"],
        ),
        "the same twice": (body_of(DECISIONS[:1] * 2), ["body", 1, "reference"]),
        "no list": (body_of(DECISIONS)[0], ["body"]),
    }
    for name, (content, place) in wrong.items():
        answer = client.post("/decisions", json=content)
        assert (answer.status_code, [error["loc"] for error in answer.json()["detail"]]) == (422, [place]), name
    assert client.get("/years/never").status_code == 422

    # The same reference again replaces the decision.
    changed = lgsco.evolve(DECISIONS[0], outcome=lgsco.Outcome.UPHELD)
    assert client.post("/decisions", json=body_of([changed])).json() == {"received": 1, "kept": 8}

    client = TestClient(serve_from_postgres.app(address, "Kent County Council"))
    assert client.get("/decisions").json() == body_of([changed, *DECISIONS[1:]])
    own = client.get("/years/2023-24/review", params={"basis": "own_cases"}).json()
    assert own["investigations"] == {"upheld": 7, "not_upheld": 1, "satisfactory_remedies": None, "total": 8}
    assert client.get("/years/2023-24/review").json()["investigations"]["upheld"] == 76
    page = client.get("/years/2023-24").text
    assert ["Uphold rate", "81% (76 of 94)", "72% to 88%", "85%", "could be chance"] == Page(page).tables[0]["rows"][1]
    assert "88% (7 of 8)" in page
    routes = client.get("/openapi.json").json()["paths"]
    assert set(routes) == {"/decisions", "/years/{year}", "/years/{year}/review"}

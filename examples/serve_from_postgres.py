"""
A council's own decisions in a database, and its page and its figures served from there.

    LGSCO_COUNCIL=Kent LGSCO_DATABASE=postgresql+psycopg:///complaints uvicorn --factory serve_from_postgres:app

Without LGSCO_DATABASE the file ``complaints.sqlite`` keeps them. Open /years/2023-24 for the page, and /docs for
everything that it takes and returns.
"""

import os
import threading

import fastapi
import sqlalchemy as sa
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse

import lgsco
from lgsco import published, render, reports, store

OWN_CASES = lgsco.Source("Our case system", basis=lgsco.Basis.OWN_CASES)


def app(address: str | None = None, council: str | None = None) -> fastapi.FastAPI:
    """Make the application for a database and a council; what is left out comes from the environment."""
    engine = sa.create_engine(address or os.environ.get("LGSCO_DATABASE", "sqlite:///complaints.sqlite"))
    authority = published.register().find(council or os.environ["LGSCO_COUNCIL"])
    service = fastapi.FastAPI(title=f"Complaints about {authority}")
    writing = threading.Lock()

    def own() -> tuple[lgsco.Decision, ...]:
        """Load the decisions that the database has at this moment."""
        return tuple(case.decision for case in store.load(engine).cases)

    def save(decisions: tuple[lgsco.Decision, ...]) -> None:
        store.save(lgsco.Dataset(published.register(), cases=decisions), engine)

    def everything() -> lgsco.Dataset:
        """Join what ships with the council's own decisions."""
        return published.dataset() + lgsco.Dataset(published.register(), cases=own())

    if not sa.inspect(engine).has_table("lgsco_schema"):
        save(())

    @service.get("/years/{year}", response_class=HTMLResponse)
    def page(year: lgsco.ReportingYear) -> str:
        """Show the council's year: what the Ombudsman published, similar councils, and the council's own cases."""
        return render.to_html(reports.council_report(everything(), authority, year, cases_from=OWN_CASES))

    @service.get("/years/{year}/review")
    def review(year: lgsco.ReportingYear, basis: lgsco.Basis = lgsco.Basis.PUBLISHED) -> lgsco.AnnualReview:
        """Return the counts of a year: those that the Ombudsman published, or those of the council's own cases."""
        return everything().review(authority, year, basis=basis)

    @service.get("/decisions")
    def decisions() -> tuple[lgsco.Decision, ...]:
        """Return the decisions that the database has."""
        return own()

    @service.post("/decisions")
    def keep(received: list[lgsco.Decision]) -> dict[str, int]:
        """Keep decisions, in place of earlier ones with the same references: all of them, or none."""
        check(received, authority)
        with writing:  # of two requests at once, the second must know what the first has saved
            kept = {decision.reference: decision for decision in (*own(), *received)}
            save(tuple(kept.values()))
        return {"received": len(received), "kept": len(kept)}

    return service


def check(decisions: list[lgsco.Decision], authority: lgsco.Authority) -> None:
    """Refuse decisions about another council, and references that are duplicated, as FastAPI refuses a wrong body."""
    problems = []
    seen = set[str]()
    for index, decision in enumerate(decisions):
        if decision.authority != authority:
            reason = f"must be {authority}, with the code {authority.code}"
            problems.append({"loc": ("body", index, "authority"), "msg": reason, "type": "another_council"})
        if decision.reference in seen:
            problems.append({"loc": ("body", index, "reference"), "msg": "is duplicated", "type": "duplicate"})
        seen.add(decision.reference)
    if problems:
        raise RequestValidationError(problems)

"""
A council's figures inside another web application: as a part of its page, and as JSON.

Run it with ``flask --app embed_in_flask run`` and open /councils/E10000016/2023-24.
"""

import base64
import functools
import hashlib

import flask

import lgsco
from lgsco import convert, published, render, reports

app = flask.Flask(__name__)

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Complaints dashboard</title></head>
<body><header><h1>Complaints dashboard</h1></header><main>
{part}
</main></body>
</html>
"""


def held(council: str, year: str) -> lgsco.AnnualReview:
    """Find the review of a council, by its name or its code, and a year such as 2023-24."""
    wanted = lgsco.ReportingYear.parse(year)
    authority = published.register().find(council, wanted.end)
    found = next((one for one in published.reviews(wanted) if one.authority == authority), None)
    if found is None:
        flask.abort(404, f"no figures of {authority} are held for {wanted}")
    return found


@functools.lru_cache(maxsize=256)
def part_of(review: lgsco.AnnualReview) -> str:
    """Give the part of a page; the same figures give the same part, so that it can be kept."""
    made = reports.council_report(published.dataset(), review.authority, review.year)
    return render.to_html(made, fragment=True, level=2)


def policy_for(part: str) -> str:
    """Allow the style that the part brings with it, and nothing else: it has no script and asks for nothing."""
    style = part.removeprefix("<style>").partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'"


@app.get("/councils/<council>/<year>")
def page(council: str, year: str) -> flask.Response:
    """Show a council's year as a part of this application's own page."""
    part = part_of(held(council, year))
    return kept(flask.Response(PAGE.format(part=part), headers={"Content-Security-Policy": policy_for(part)}))


@app.get("/councils/<council>/<year>.json")
def counts(council: str, year: str) -> flask.Response:
    """Give the counts of a council's year, from which ``lgsco.convert.from_json`` makes the very same review."""
    return kept(flask.Response(convert.to_json(held(council, year)), mimetype="application/json"))


def kept(response: flask.Response) -> flask.Response:
    """Let a browser that holds the same answer keep it."""
    response.add_etag()
    response.make_conditional(flask.request)
    return response


@app.errorhandler(lgsco.LgscoError)
def not_found(error: lgsco.LgscoError) -> flask.Response:
    """Say what is wrong with the address, and what may have been meant."""
    return flask.Response(str(error), status=404, mimetype="text/plain")

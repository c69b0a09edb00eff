"""Values that many tests use: one council, one year."""

from lgsco import Authority, AuthorityType, Dataset, Register, ReportingYear, published
from lgsco.model import RegisterEntry
from lgsco.reports import council_report

KENT = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL, code="E10000016")
YEAR = ReportingYear(2020)


def data_of(*reviews, register=None, **more):
    """Make a dataset of counts; councils that the register does not have join it, in the group of their type."""
    base = published.register() if register is None else register
    new = dict.fromkeys(review.authority for review in reviews if review.authority not in base)
    entries = [
        RegisterEntry(council, group=council.type if council.type.is_comparison_group else None) for council in new
    ]
    return Dataset(Register((*base.entries, *entries)) if entries else base, counts=tuple(reviews), **more)


def report_on(review, *others, cases_from=None, casework=None, **more):
    """Report on a review, with others of its council or of its group."""
    data = data_of(review, *others, **more)
    return council_report(data, review.authority, review.year, cases_from=cases_from, casework=casework)

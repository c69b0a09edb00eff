"""Values that many tests use: one council, one year."""

from lgsco import Authority, AuthorityType, ReportingYear

KENT = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL, code="E10000016")
YEAR = ReportingYear(2020)

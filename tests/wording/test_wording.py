"""Sentences that only some figures need."""

import datetime as dt
from decimal import Decimal

from lgsco import Proportion, ReportingYear
from lgsco.reports.charts import yearly_chart
from lgsco.reports.elements import Break
from lgsco.stats.survival import WaitingTimes
from lgsco.wording import commands, reports
from lgsco.wording.casework import median_time, money_recommended
from lgsco.wording.comparisons import part_sentence
from lgsco.wording.phrases import listed
from lgsco.wording.reports import widened_by

YEARS = [ReportingYear(2020), ReportingYear(2021)]


def test_money_is_told_with_the_payments_that_have_no_sum():
    """And without them where there are none."""
    assert "The money recommended is £300, in 2 of 5 recommendations." == money_recommended(Decimal(300), 2, 0, 0, 5)
    assert (
        "The money recommended is £300, in 2 of 5 recommendations. 2 of these sums were found in the text: check them."
        " 3 payments have no sum, so there is more."
    ) == money_recommended(Decimal(300), 2, 3, 2, 5)


def test_one_two_and_none_have_sentences_of_their_own():
    """So has a list with commas within its names."""
    others = ["Kent", "Bournemouth, Christchurch and Poole"]
    kent = ("Kent", "2023-24")

    assert "Kent; and Bournemouth, Christchurch and Poole" == listed(others)
    assert "Ask why the upheld complaint had" in reports.ask_about_remedies(1, 1)
    assert "Ask why none of the 2 upheld complaints had" in reports.ask_about_remedies(2, 2)
    assert "Of Kent in 2023-24 we have only this: 9 satisfactory." == part_sentence(
        "compliance_rate", *kent, (9, None), "9 satisfactory"
    )
    assert "upheld no complaints about Kent" in part_sentence("uphold_rate", *kent, (0, None), "")


def test_waiting_times_are_told_with_what_is_not_over():
    """Half of nothing is not asked for; where too many wait, half of them have no time."""
    what = ("enquiry to answer", "enquiry", "enquiries")

    assert "There are no enquiries whose time we know." == median_time(WaitingTimes([], []), *what)
    assert (
        "We cannot say how long half of the enquiries take from enquiry to answer, because too many are outstanding. 2"
        " of 2 enquiries are outstanding, and count as still waiting."
    ) == median_time(WaitingTimes([], [3, 4]), *what)


def test_a_sentence_on_widened_limits_begins_with_a_capital():
    """The words of the model stand within sentences elsewhere."""
    assert "Limits are wider." == widened_by("limits are wider")


def test_a_break_of_every_panel_is_told_of_none():
    """A break of one panel is a sentence about that panel."""
    rates = {"Housing": {year: Proportion(1, 2) for year in YEARS}}
    of_all, of_one = (
        yearly_chart("Rates", rates, YEARS, 0.95, breaks=[Break("2020-21", "Counted otherwise.", panel=panel)])
        for panel in (None, "Housing")
    )

    assert of_all.words in of_one.words
    assert "housing" not in of_all.words
    assert "housing" in of_one.words


def test_a_page_that_was_changed_by_hand_is_named():
    """It says what to do."""
    assert commands.changed_by_hand("kent.html") == (
        "kent.html: was changed since this command wrote it; move or delete it, and try again"
    )


def test_a_figure_and_a_date_are_said_on_a_line():
    """With the counts where there are any."""
    assert reports.figure_words("Uphold rate", "81%", "76 of 94") == "Uphold rate: 81% (76 of 94)."
    assert reports.figure_words("Complaints", "138", None) == "Complaints: 138."
    assert reports.as_at(dt.date(2024, 7, 24)) == "Figures as at 24 July 2024."

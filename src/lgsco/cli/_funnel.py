"""``lgsco funnel``: the councils of a group with control limits, by name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco import convert, published
from lgsco._text import text_table
from lgsco.cli._figures import NoFigures
from lgsco.cli._terminal import OK, Page, say, year_of
from lgsco.comparison.funnels import funnel
from lgsco.model.authorities import AuthorityType, authority_order
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import ReportingYear
from lgsco.stats.control_limits import ALARM, ALERT, LimitMethod
from lgsco.stats.intervals import half_up
from lgsco.stats.overdispersion import OverdispersionModel
from lgsco.stats.rates import Proportion
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.comparison.funnels import Funnel, FunnelPoint
    from lgsco.model.reviews import AnnualReview

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "funnel",
        help="the councils of a group with control limits",
        description="Compare every council held of a group with control limits, which are wider for fewer cases.",
    )
    groups = [kind.value for kind in AuthorityType if kind.is_comparison_group]
    parser.add_argument("--group", required=True, choices=groups, help="the comparison group")
    parser.add_argument("--year", required=True, type=year_of, help="the reporting year, such as 2024-25")
    names = [measure.name for measure in KEY_STATISTICS]
    parser.add_argument("--measure", choices=names, default=names[0], help="the statistic (uphold_rate unless given)")
    kinds = [kind.value for kind in LimitMethod]
    parser.add_argument(
        "--limits", choices=kinds, default=kinds[0], help="the method of the limits (score unless given)"
    )
    spreads = [kind.value for kind in OverdispersionModel]
    parser.add_argument(
        "--overdispersion", choices=spreads, help="widen the limits where councils differ by more than chance"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(
        run=lambda options: _funnel(
            options.group,
            options.year,
            options.measure,
            LimitMethod(options.limits),
            None if options.overdispersion is None else OverdispersionModel(options.overdispersion),
            as_json=options.json,
        )
    )


def _funnel(  # noqa: PLR0913  # each is an option of the command
    group: str,
    year: ReportingYear,
    measure_name: str,
    limits: LimitMethod,
    overdispersion: OverdispersionModel | None,
    *,
    as_json: bool,
) -> int:
    (measure,) = [measure for measure in KEY_STATISTICS if measure.name == measure_name]
    kind = AuthorityType(group)
    reviews = published.reviews(year, kind)
    if not reviews:
        raise NoFigures(wording.no_figures(kind.label, str(year), ()))
    chart = funnel(reviews, measure, limits=limits, overdispersion=overdispersion, register=published.register())
    if as_json:
        say(convert.to_json(chart, indent=2))
        return OK
    page = Page(markdown=False)
    blocks = [page.heading(f"{measure.title}, {kind.label}, {year}", level=1)]
    if chart.target is None:
        sentence = wording.no_funnel(chart.insufficient_data)
    else:
        sentence = wording.limits_about(
            chart.target, chart.target_is, len(chart.points), chart.group.size, chart.spread
        )
    blocks.append(page.filled(sentence))
    by_name = sorted(chart.points, key=lambda point: authority_order(point.authority))
    rows = [_funnel_row(chart, point) for point in by_name]
    blocks.append(text_table(["Council", "Rate", "Position", "95% limits", "99.8% limits"], rows))
    if chart.group.missing:
        blocks.append(page.filled(wording.councils_without_rate(authority.name for authority in chart.group.missing)))
    if chart.target is not None:
        blocks += [page.filled(words) for words in _overdispersion(chart, reviews)]
        blocks.append(page.filled(wording.POSITION_IS_NO_RANK))
    say("\n\n".join(blocks))
    return OK


def _overdispersion(chart: Funnel, reviews: Sequence[AnnualReview]) -> list[str]:
    """State how far the councils differ beyond chance, where the limits do not allow for it."""
    if chart.overdispersion is not None or chart.limits is LimitMethod.EXACT:
        return []
    adjusted = funnel(
        reviews, chart.measure, overdispersion=OverdispersionModel.ADDITIVE, register=published.register()
    )
    return [] if adjusted.overdispersion is None else [wording.overdispersed(adjusted.overdispersion.phi)]


def _funnel_row(chart: Funnel, point: FunnelPoint) -> list[str]:
    cases = point.rate.denominator if isinstance(point.rate, Proportion) else point.rate.population.people
    limits = [chart.limits_at(cases, confidence) if cases else None for confidence in (ALERT, ALARM)]
    cells = [
        "-" if pair is None else f"{half_up(100 * Fraction(pair[0]))}% to {half_up(100 * Fraction(pair[1]))}%"
        for pair in limits
    ]
    position = "-" if point.position is None else point.position.replace("_", " ")
    return [point.authority.name, str(point.rate), position, *cells]

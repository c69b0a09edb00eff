"""``lgsco funnel``: the councils of a group against control limits, by name."""

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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.comparison.funnels import Funnel, FunnelPoint
    from lgsco.model.reviews import AnnualReview

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "funnel",
        help="the councils of a group against control limits",
        description="Set every council held of a group against limits that widen as its cases get fewer.",
    )
    groups = [kind.value for kind in AuthorityType if kind.is_comparison_group]
    parser.add_argument("--group", required=True, choices=groups, help="the comparison group")
    parser.add_argument("--year", required=True, type=year_of, help="the reporting year, such as 2024-25")
    names = [measure.name for measure in KEY_STATISTICS]
    parser.add_argument("--measure", choices=names, default=names[0], help="the statistic (uphold_rate unless given)")
    kinds = [kind.value for kind in LimitMethod]
    parser.add_argument("--limits", choices=kinds, default=kinds[0], help="how limits are made (score unless given)")
    spreads = [kind.value for kind in OverdispersionModel]
    parser.add_argument("--overdispersion", choices=spreads, help="widen the limits where councils differ by more")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(
        run=lambda asked: _funnel(
            asked.group, asked.year, asked.measure, asked.limits, asked.overdispersion, as_json=asked.json
        )
    )


def _funnel(  # noqa: PLR0913  # each is a word of the command
    group: str, year: ReportingYear, measure_name: str, limits: str, overdispersion: str | None, *, as_json: bool
) -> int:
    (measure,) = [one for one in KEY_STATISTICS if one.name == measure_name]
    kind = AuthorityType(group)
    reviews = published.reviews(year, kind)
    if not reviews:
        raise NoFigures(f"no figures of {kind.label} are held for {year}")
    asked = None if overdispersion is None else OverdispersionModel(overdispersion)
    made = funnel(reviews, measure, limits=LimitMethod(limits), overdispersion=asked, register=published.register())
    if as_json:
        say(convert.to_json(made, indent=2))
        return OK
    page = Page(markdown=False)
    held = f"{len(made.points)} of {made.group.size} councils of the group are held."
    blocks = [page.heading(f"{measure.title}, {kind.label}, {year}", level=1)]
    if made.target is None:
        blocks.append(page.filled(f"There is no funnel: {made.insufficient_data}."))
    else:
        blocks.append(
            page.filled(
                f"Limits about {half_up(100 * made.target, 1)}%, {made.target_is}; {held}"
                f" Alert limits are at 95%, alarm limits at 99.8%; {made.spread}."
            )
        )
    by_name = sorted(made.points, key=lambda point: authority_order(point.authority))
    rows = [_funnel_row(made, point) for point in by_name]
    blocks.append(text_table(["Council", "Rate", "Position", "95% limits", "99.8% limits"], rows))
    if made.group.missing:
        names = ", ".join(authority.name for authority in made.group.missing)
        blocks.append(page.filled(f"Held without this rate: {names}."))
    if made.target is not None:
        blocks += [page.filled(words) for words in _unasked_spread(made, reviews)]
        order = "By name, not by rate: a position is no rank."
        blocks.append(page.filled(f"{order} Chance alone puts 1 council in 20 beyond an alert limit."))
    say("\n\n".join(blocks))
    return OK


def _unasked_spread(made: Funnel, reviews: Sequence[AnnualReview]) -> list[str]:
    """Say how far the councils differ among themselves where the limits were not asked to allow for it."""
    if made.overdispersion is not None or made.limits is LimitMethod.EXACT:
        return []
    asked = funnel(reviews, made.measure, overdispersion=OverdispersionModel.ADDITIVE, register=published.register())
    if asked.overdispersion is None:
        return []
    times = f"{asked.overdispersion.phi:.1f} times as much as chance alone would have them vary (phi)"
    return [f"Among themselves the councils vary {times}; --overdispersion additive widens the limits for that."]


def _funnel_row(made: Funnel, point: FunnelPoint) -> list[str]:
    cases = point.rate.denominator if isinstance(point.rate, Proportion) else point.rate.population.people
    limits = [made.limits_at(cases, confidence) if cases else None for confidence in (ALERT, ALARM)]
    shown = [
        "-" if pair is None else f"{half_up(100 * Fraction(pair[0]))}% to {half_up(100 * Fraction(pair[1]))}%"
        for pair in limits
    ]
    position = "-" if point.position is None else point.position.replace("_", " ")
    return [point.authority.name, str(point.rate), position, *shown]

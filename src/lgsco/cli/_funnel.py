"""``lgsco funnel``: the councils of a group with control limits, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco import convert
from lgsco.cli._dataset import add_figures, dataset_of
from lgsco.cli._figures import NoFigures
from lgsco.cli._terminal import OK, say, show, year_of
from lgsco.comparison.funnels import funnel
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports import funnel_report
from lgsco.stats.control_limits import LimitMethod
from lgsco.stats.overdispersion import OverdispersionModel
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    import argparse

    from lgsco.cli._terminal import Commands


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "funnel",
        help="the councils of a group with control limits",
        description="Compare every council of a group with limits that are wider where cases are few.",
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
    add_figures(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=_funnel)


def _funnel(options: argparse.Namespace) -> int:
    data, group, year = dataset_of(options), AuthorityType(options.group), options.year
    measure = next(measure for measure in KEY_STATISTICS if measure.name == options.measure)
    reviews = data.reviews(year=year, group=group)
    if not reviews:
        raise NoFigures(wording.no_figures(group.label, str(year), ()))
    if options.json:
        chart = funnel(
            reviews, measure, limits=options.limits, overdispersion=options.overdispersion, register=data.register
        )
        say(convert.to_json(chart, indent=2))
        return OK
    show(funnel_report(data, group, year, measure, limits=options.limits, overdispersion=options.overdispersion))
    return OK

"""A site of static pages: an index, a page for each council, for each group and year, a map, methods and downloads."""

from lgsco.report._site._pages import SitePage
from lgsco.report._site._whole import site_pages

__all__ = ["SitePage", "site_pages"]

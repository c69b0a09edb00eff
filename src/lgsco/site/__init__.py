"""A site of static pages: an index, a page for each council, for each group and year, a map, methods and downloads."""

from lgsco.site.pages import SitePage
from lgsco.site.whole import site_pages

__all__ = ["SitePage", "site_pages"]

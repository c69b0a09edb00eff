"""A site of static pages: an index, pages on councils and on groups, a map, methods and downloads."""

from lgsco.site.pages import SitePage
from lgsco.site.whole import site_pages

__all__ = ["SitePage", "site_pages"]

"""The WSGI application that `kapok serve` runs: Django behind the page cache and the guard against floods."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
behind = get_wsgi_application()

from kapok.site.flood import FloodGuard  # noqa: E402
from kapok.site.pagecache import PageCache  # noqa: E402

application = PageCache(FloodGuard(behind))

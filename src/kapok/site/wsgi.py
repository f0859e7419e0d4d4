"""The WSGI application that `kapok serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
application = get_wsgi_application()

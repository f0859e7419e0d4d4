"""Addresses of what goes in and out."""

from django.urls import URLPattern, URLResolver, path, register_converter

from kapok.exchange.harvest.urls import patterns as sources
from kapok.exchange.importing.urls import urlpatterns as imports
from kapok.exchange.providing import provider
from kapok.exchange.tokens import views as tokens
from kapok.exchange.views import dumps, exports, forms, origins


class Suffix:
    """The end of a file's name, such as `csv`. The room `records` answers for `json` itself."""

    regex = r"(?!json$)[a-z]{2,10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Suffix, "suffix")
app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("records/<str:identifier>/form.<suffix:shape>", forms.filled, name="filled"),
    path("records/<str:identifier>/origins", origins.of_record, name="origins"),
    *imports,
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke", tokens.revoke, name="revoke_token"),
    path("records/<str:identifier>.<suffix:shape>", exports.record, name="record"),
    *sources,
    path("oai", provider.oai, name="oai"),
    path("oai/kapok.xsd", provider.schema, name="oai_schema"),
    path("data/dcat.<suffix:shape>", dumps.described, name="catalogue"),
    path("data/<str:name>", dumps.file, name="dump"),
    path("formats/<slug:code>/form.<suffix:shape>", forms.empty, name="empty"),
]

"""Addresses of what goes in and out."""

from django.urls import path

from kapok.exchange.tokens import views as tokens

app_name = "exchange"
urlpatterns = [
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke", tokens.revoke, name="revoke_token"),
]

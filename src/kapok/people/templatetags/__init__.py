"""Tags for allauth's pages."""

"""Outcomes that hold the settings in place: small labelled sets of our own."""

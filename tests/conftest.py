"""What all tests share."""

from hypothesis import settings

# A busy machine is no failure: how long an example takes says nothing about what it shows.
settings.register_profile("enrich", deadline=None)
settings.load_profile("enrich")

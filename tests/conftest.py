"""Hypothesis profiles: ``dev`` on a desk, ``ci`` where CI is set, ``thorough`` by LGSCO_PROFILE=thorough."""

import os

from hypothesis import settings

# No deadlines: they would measure the machine.
settings.register_profile("dev", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("LGSCO_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

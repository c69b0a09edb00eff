"""
Hypothesis profiles, chosen by LGSCO_PROFILE.

``usual`` draws the same examples every time, ``ci`` the same and more, ``thorough`` others each time and many.
``unshrunk`` is ``usual`` for whoever only asks whether a test fails: a failing example is not made smaller.
None of them measures the machine: a slow one is no fault of the code.
"""

import importlib
import os
import pkgutil

from hypothesis import HealthCheck, Phase, settings

import lgsco

UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
REPEATABLE = {"derandomize": True, "database": None, "print_blob": True, **UNTIMED}
settings.register_profile("usual", max_examples=50, **REPEATABLE)
settings.register_profile("ci", max_examples=200, **REPEATABLE)
settings.register_profile(
    "unshrunk", settings.get_profile("usual"), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
# Draws other examples each time, and tries those that failed first.
settings.register_profile("thorough", max_examples=2_000, print_blob=True, **UNTIMED)
settings.load_profile(os.environ.get("LGSCO_PROFILE", "usual"))

# Hypothesis draws constants that it finds in the modules loaded so far. With all of them loaded before the first draw
# it does not matter which tests ran before, nor which of two workers ran them.
for module in pkgutil.walk_packages(lgsco.__path__, "lgsco."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

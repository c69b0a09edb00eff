"""What type checkers see of ``lgsco.strategies``: each function with its own signature."""

from lgsco.strategies._cases import *
from lgsco.strategies._casework import *
from lgsco.strategies._common import names as names
from lgsco.strategies._comparisons import *
from lgsco.strategies._counts import *
from lgsco.strategies._datasets import *
from lgsco.strategies._groups import *
from lgsco.strategies._listings import *
from lgsco.strategies._parties import *
from lgsco.strategies._printed import *
from lgsco.strategies._rates import *
from lgsco.strategies._reports import *
from lgsco.strategies._tables import *
from lgsco.strategies._years import *

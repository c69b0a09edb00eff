"""What an InvalidValue that a test caught says, as plain data."""


def fields(caught):
    """Give the path of each problem: the fields or arguments that were refused, in order."""
    return [problem.place.path for problem in caught.value.problems]


def faults(caught):
    """Give the path and the value of each problem."""
    return [(problem.place.path, problem.value) for problem in caught.value.problems]


def cases(caught):
    """Give the reference and the body of each problem of a case."""
    return [tuple(problem.place.path.removesuffix(")").split(" (")) for problem in caught.value.problems]


def years(caught):
    """Give the body and the year of each problem of a review."""
    return [tuple(problem.place.path.rsplit(", ", 1)) for problem in caught.value.problems]

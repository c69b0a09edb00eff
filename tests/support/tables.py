"""One test of many rows: each row is tried, and a failure names its row."""

import functools
import inspect


def each_of(names, rows):
    """
    Make one test of a test of one row, which takes the row's values by name.

    As ``pytest.mark.parametrize`` does, but as a single case, without a name for each row.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else [*names]
    # A row of several tests is used more than once.
    table = [dict(zip(keys, row if len(keys) > 1 else [row], strict=True)) for row in rows]

    def tried(test):
        @functools.wraps(test)
        def every(*arguments, **more):
            for row in table:
                try:
                    test(*arguments, **more, **row)
                except BaseException as error:
                    error.add_note(f"in the row {row!r}")
                    raise

        parameters = [one for one in inspect.signature(test).parameters.values() if one.name not in keys]
        every.__signature__ = inspect.Signature(parameters)
        # pytest would look for fixtures by the names of the row's values.
        del every.__wrapped__
        return every

    return tried

# A range that promises more items than there is room for is refused before it begins.
for make in (
    lambda: list(range(10**14)),
    lambda: tuple(range(10**14)),
    lambda: [*range(10**14)],
    lambda: [].extend(range(10**15)),
    lambda: list(range(10**20)),
):
    try:
        make()
    except (MemoryError, OverflowError) as error:
        print(type(error).__name__, error)

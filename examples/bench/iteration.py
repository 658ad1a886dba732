"""Goes over enumerate, zip, tuples, strings and items."""


def main():
    items = list(range(1000))
    table = {i: i for i in items}
    total = 0
    for _ in range(800):
        for i, x in enumerate(items):
            total += i
        for a, b in zip(items, items):
            total += b
        for key, value in table.items():
            total += value
        for value in table.values():
            total += value
        for letter in "a line of text that is not long":
            total += 1
    return total


print(main())

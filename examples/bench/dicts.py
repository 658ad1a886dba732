"""Counts and looks up in dicts."""


def main():
    counts = {}
    for i in range(800000):
        key = i % 1009
        counts[key] = counts.get(key, 0) + 1
    names = {str(i): i for i in range(2000)}
    total = 0
    for _ in range(200):
        for name, value in names.items():
            if name in names:
                total += value
    for key in counts:
        total += counts[key]
    return total


print(main())

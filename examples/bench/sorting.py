"""Sorts with and without keys."""


def main():
    seed, numbers = 1, []
    for _ in range(100000):
        seed = (seed * 1103515245 + 12345) % 2147483648
        numbers.append(seed)
    total = sorted(numbers)[1000]
    pairs = [(n % 1000, n) for n in numbers]
    pairs.sort(key=lambda pair: pair[0])
    words = sorted([str(n) for n in numbers], key=len)
    return total, pairs[5][1], words[7], sorted(pairs)[3]


print(main())

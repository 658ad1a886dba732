# Ranges with the same numbers are one key, however they are written.
numbers = {range(0, 3, 2): "two", range(0): "none", range(7, 8): "one", range(0, 10**30, 10**29): "big"}
print(numbers[range(0, 4, 2)], numbers[range(5, 2)], numbers[range(7, 6, -3)], numbers[range(0, 10**30 - 1, 10**29)])
print(range(0, 5, 2) in numbers, range(1, 5, 2) in numbers, range(0, 3) in numbers)
print(len({range(4, 0, -2), range(4, 1, -2), range(4, 2, -2)}))
print(hash(range(0, 3, 2)) == hash(range(0, 4, 2)), hash(range(9, 0)) == hash(range(0)))

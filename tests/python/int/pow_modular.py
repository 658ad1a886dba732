print(pow(2, 100, 17), pow(-3, 3, 5), pow(3, 5, -7), pow(7, -1, 10), pow(7, -3, 10), pow(0, 0), pow(0, 0, 1), pow(5, 0, 7))
for arguments in ((2, -1, 4), (2, 3, 0), (2.0, 3, 5), (2, 3, 1.5), ("a", 2)):
    try:
        print(pow(*arguments))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(pow(base=2, exp=5), pow(2, 5, mod=3))
def is_prime(n):
    return n > 1 and all(pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7) if a % n)
print([n for n in range(60) if is_prime(n)], is_prime(2 ** 89 - 1), is_prime(2 ** 83 - 1))

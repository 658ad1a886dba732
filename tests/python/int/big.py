a = 2 ** 200
b = 3 ** 100
print(a, b, a * b, a // b, a % b, -a // b, -a % b, divmod(a, -b), a - b, a + b, sep="\n")
print(a >> 190, b << 3, a & b, a | 1, a ^ b, ~a, sep="\n")
print(a.bit_length(), b.bit_count(), (-b).bit_count(), a > b, a == 2 ** 200, hash(a), hash(-b), hash(2 ** 61 - 1))
f = 1
for i in range(1, 60): f *= i
print(f, len(str(f)), f % 1000003)
print(pow(3, 1000, 10 ** 9 + 7), pow(3, -1, 7), pow(2, 10), pow(-2, 3), pow(2, 1000) == 1 << 1000)

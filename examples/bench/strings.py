"""Splits, joins, replaces and formats text."""


def main():
    words = "the quick brown fox jumps over the lazy dog".split()
    total = 0
    for i in range(50000):
        line = " ".join(words) + f" {i:5d} {i * 0.5:.2f}"
        parts = line.upper().replace("O", "0").split(" ")
        total += len(parts) + line.find("lazy")
        text = ""
        for part in parts:
            text += part[:2]
        total += len(text)
        if line.startswith("the") and text.endswith("0"):
            total += 1
    return total


print(main())

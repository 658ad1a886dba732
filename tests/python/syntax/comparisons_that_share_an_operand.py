"""The operand in the middle of a chain is one object, also where `in` alone would make do with a constant."""
print(3 in [3] in [[3]], 3 in {3} in [{3}], 1 in [1, 2] == [1, 2], 3 in [3] in [(3,)], 5 not in [3] in [[3]])
print(1 if 3 in [3] in [[3]] else 2, 1 if 3 in {3} == {3} else 2, [n for n in range(4) if n in [1, 2] != (1, 2)])
print(3 in [3], 3 in {3}, 4 not in [1, 2], "a" in ["a", "b"] < ["b"])

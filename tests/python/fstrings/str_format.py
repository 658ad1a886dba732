class P:
    x, y = 1, [10, {"k": "v"}]
print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{a} {b[0]} {p.x} {p.y[1][k]}".format(a=1, b=[5], p=P))
print("{:>5}|{:<5}|{:^5}".format("a", "b", "c"), "{0:{1}}".format("x", 4), "{:{}.{}}".format(3.14159, 8, 3), "{!r} {!s} {!a}".format("é", "é", "é"))
print("{{}} {{{}}}".format(1), "{0[key]}".format({"key": 1}), "{0[0]}".format({0: "int key"}), "{:d}".format(True), "{x!r:>6}".format(x="a"))
for text, arguments in (("{}", ()), ("{0} {}", (1, 2)), ("{", ()), ("}", ()), ("{a}", ()), ("{0.z}", (1,)), ("{0[5]}", ([],)), ("{!x}", (1,)), ("{:d}", ("a",)), ("{} {1}", (1, 2)), ("{0[}", (1,)), ("{0!r", (1,))):
    try:
        print(text.format(*arguments))
    except (IndexError, ValueError, KeyError, AttributeError) as error:
        print(text, type(error).__name__, error)

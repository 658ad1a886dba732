group = ExceptionGroup("many", [ValueError("a"), TypeError("b"), ExceptionGroup("inner", [ValueError("c"), KeyError("d")])])
print(group, len(group.exceptions), group.message)
print(repr(group.subgroup(ValueError)))
match_, rest = group.split((ValueError, KeyError))
print(repr(match_), repr(rest))
print(group.subgroup(OSError), group.split(Exception)[1])
print(repr(group.subgroup(lambda e: "b" in str(e))))
print(repr(group.derive([OSError("z")])))
for arguments in (("m", []), ("m", 3), (1, [ValueError()]), ("m", [3]), ("m", [KeyboardInterrupt()])):
    try:
        ExceptionGroup(*arguments)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("m", [ValueError()])).__name__, type(BaseExceptionGroup("m", [SystemExit()])).__name__)

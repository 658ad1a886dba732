def run(program):
    stack = []
    for op in program:
        match op:
            case ("push", value): stack.append(value)
            case ("add" | "mul" as name,):
                b, a = stack.pop(), stack.pop()
                stack.append(a + b if name == "add" else a * b)
            case {"repeat": int(n), "body": [*body]}:
                for _ in range(n): stack += run(body)
            case ("print", *labels) if labels:
                print(*labels, stack[-1])
            case ("halt",): break
            case [unknown, *_]: raise ValueError(f"unknown {unknown}")
            case _: raise TypeError(repr(op))
    return stack
print(run([("push", 2), ("push", 3), ("add",), ("print", "sum"), {"repeat": 2, "body": [("push", 9)]}, ("mul",), ("halt",), ("push", 0)]))
for bad in ([("jump", 1)], [None]):
    try:
        run(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

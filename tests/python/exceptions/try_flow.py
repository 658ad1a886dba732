def f(kind):
    try:
        print("try", kind)
        if kind == "raise": raise ValueError("v")
        if kind == "return": return "returned"
    except ValueError as error:
        print("except", error)
        return "from except"
    else:
        print("else")
        return "from else"
    finally:
        print("finally")
for kind in ("none", "raise", "return"): print(f(kind))
for i in range(3):
    try:
        if i == 1: continue
        print(i)
    finally:
        print("after", i)
try:
    error = 1
    raise KeyError("k")
except KeyError as error: pass
try:
    error
except NameError as e: print(e)

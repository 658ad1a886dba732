print("loading", __name__)
def area(x): return x * x

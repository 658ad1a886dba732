def swallow():
    try:
        raise ValueError("gone")
    finally:
        return_value = "kept"
        print("cleaning")
def nested():
    try:
        try:
            raise ValueError("one")
        finally:
            print("inner")
            {}["two"]
    except KeyError as error:
        print(repr(error), repr(error.__context__))
try:
    swallow()
except ValueError as error:
    print(error)
nested()
def deep():
    for i in range(3):
        try:
            try:
                if i == 1: raise IndexError(i)
            finally:
                print("f", i)
        except IndexError:
            print("handled", i)
    else:
        print("loop else")
deep()

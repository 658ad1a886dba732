error = ValueError("base")
error.add_note("first")
error.add_note("second\nwith two lines")
print(error.__notes__, hasattr(ValueError(), "__notes__"))
try:
    error.add_note(3)
except TypeError as wrong:
    print(wrong)
def fail():
    try:
        raise KeyError("k")
    except KeyError as e:
        e.add_note("while failing")
        raise
fail()

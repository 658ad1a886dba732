import sys
for argument in ((), (0,), (None,), (1,), ("text",), ((1, 2),), (2 ** 40,)):
    try:
        sys.exit(*argument)
    except SystemExit as error:
        print(error.code, error.args, repr(error))
try:
    raise SystemExit
except BaseException as error:
    print(isinstance(error, Exception), repr(error))
def cleanup():
    try:
        sys.exit(4)
    finally:
        print("cleanup")
cleanup()

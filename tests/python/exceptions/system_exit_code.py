import sys
print("before")
try:
    sys.exit(3)
except SystemExit as error:
    print("caught", error.code, error.args)
try:
    pass
finally:
    print("leaving")
sys.exit(7)

import sys
sys.stdout.write("out\n")
sys.stderr.write("err\n")
print("to stderr", file=sys.stderr)
sys.stdout.flush()
print(sys.stdout.writable(), sys.stdin.readline() == "", sys.stdout.name, sys.stdout.isatty())
sys.stdout.writelines(["a\n", "b\n"])
try:
    sys.stdout.write(5)
except TypeError as error:
    print(error)

# Frames of the module of files are not shown.
import io

try:
    io.StringIO().read("x")
except TypeError as error:
    print(error)
with open("/nonexistent/file") as file:
    pass

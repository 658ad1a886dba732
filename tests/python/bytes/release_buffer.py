"""A view that __buffer__ has made is given back by __release_buffer__."""

array = bytearray(b"abc")
view = array.__buffer__(0)
try:
    array.append(1)
except BufferError as error:
    print(error)
print(array.__release_buffer__(view))
array.append(100)
print(array)
for wrong in (view, 3, memoryview(b"x")):
    try:
        array.__release_buffer__(wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
outer = memoryview(array)
inner = outer.__buffer__(0)
print(outer.__release_buffer__(inner))
try:
    inner[0]
except ValueError as error:
    print(error)
print(outer[0])

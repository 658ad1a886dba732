# Refused as a whole: nothing of it runs.
print("this must not be printed")
try:
    x = 1
y = 2

# Refused as a whole: nothing of it runs.
print("this must not be printed")
if x = 3:
    pass

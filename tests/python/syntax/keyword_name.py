# Refused as a whole: nothing of it runs.
print("this must not be printed")
class = 3

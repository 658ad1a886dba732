"""At the end of the program finalizers of its own objects still find its names."""
import sys


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name, sys is not None, helper(), __name__)


def helper():
    return limit


limit = 5
kept = [Told("kept")]
kept.append(kept)

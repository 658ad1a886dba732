print("loading", __name__)
from . import circle
from .square import area as square_area
PI = 3
__all__ = ["PI", "circle"]

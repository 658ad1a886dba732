from abc import ABC, ABCMeta, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): return "base"
    @property
    @abstractmethod
    def name(self): ...
    def show(self): return f"{self.name} {self.area()}"
class Half(Shape):
    def area(self): return super().area()
class Full(Half): name = "full"
for c in (Shape, Half):
    try:
        c()
    except TypeError as error:
        print(error)
print(Full().show(), sorted(Shape.__abstractmethods__), Full.__abstractmethods__, isinstance(Shape, ABCMeta), issubclass(Full, Shape))

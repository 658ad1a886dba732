"""An AttributeError that says nothing itself gets the name and the object of the look-up it leaves."""


class Own:
    def __getattr__(self, name):
        raise AttributeError(f"no {name}")


class Property:
    @property
    def broken(self):
        raise AttributeError("from inside")

    @property
    def deeper(self):
        return self.missing


class Said:
    def __getattr__(self, name):
        raise AttributeError("said", name="another", obj=1)


class Half:
    def __getattr__(self, name):
        raise AttributeError("half", name="another")


for value, name in ((Own(), "a"), (Property(), "broken"), (Property(), "deeper"), (Said(), "b"), (Half(), "c"), (1, "d")):
    try:
        getattr(value, name)
    except AttributeError as error:
        print(error, error.name, error.obj is value)
    try:
        exec(f"value.{name}")
    except AttributeError as error:
        print(error, error.name, error.obj is value)
print(getattr(Own(), "x", "default"), hasattr(Property(), "broken"))

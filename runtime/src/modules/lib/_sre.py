"""Patterns and matches of `re`, over programs of the engine."""

_Text, _Bytes = (str,), (bytes, bytearray, memoryview)


class Pattern:
    """A compiled regular expression."""

    __module__ = "re"
    __slots__ = ("pattern", "flags", "groups", "groupindex", "_names", "_program", "__weakref__")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Pattern' instances")

    def _run(self, string, pos, endpos, mode, must_advance=False):
        if isinstance(string, str):
            if isinstance(self.pattern, bytes):
                raise TypeError("cannot use a bytes pattern on a string-like object")
        elif not isinstance(string, _Bytes):
            raise TypeError(f"expected string or bytes-like object, got {type(string).__name__!r}")
        elif isinstance(self.pattern, str):
            raise TypeError("cannot use a string pattern on a bytes-like object")
        end = min(max(endpos, 0), len(string))
        start = min(max(pos, 0), len(string))
        if start > end:
            return None
        marks = self._program.run(string, start, end, mode, must_advance)
        return None if marks is None else _match(self, string, start, end, marks)

    def match(self, string, pos=0, endpos=2**63 - 1):
        """Match at the start of the string."""
        return self._run(string, pos, endpos, "match")

    def fullmatch(self, string, pos=0, endpos=2**63 - 1):
        """Match the whole of the string."""
        return self._run(string, pos, endpos, "fullmatch")

    def search(self, string, pos=0, endpos=2**63 - 1):
        """Find the first place that matches."""
        return self._run(string, pos, endpos, "search")

    def finditer(self, string, pos=0, endpos=2**63 - 1):
        """Return an iterator over all matches that do not overlap."""
        return self._found(string, pos, endpos)

    def _found(self, string, pos, endpos):
        must_advance = False
        while (found := self._run(string, pos, endpos, "search", must_advance)) is not None:
            yield found
            start, pos = found.span()
            must_advance = start == pos

    def findall(self, string, pos=0, endpos=2**63 - 1):
        """Return what matches, or its groups, as a list."""
        empty = string[:0]
        if self.groups == 0:
            return [found.group() for found in self._found(string, pos, endpos)]
        if self.groups == 1:
            return [found.groups(empty)[0] for found in self._found(string, pos, endpos)]
        return [found.groups(empty) for found in self._found(string, pos, endpos)]

    def split(self, string, maxsplit=0):
        """Split the string where it matches; groups are in the result, too."""
        parts, end, count = [], 0, 0
        for found in self._found(string, 0, len(string)):
            parts.append(string[end : found.start()])
            parts.extend(found.groups())
            end, count = found.end(), count + 1
            if count == maxsplit:
                break
        return [*parts, string[end:]]

    def sub(self, repl, string, count=0):
        """Replace what matches."""
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        """Replace what matches, and say how often."""
        make = self._replacement(repl)
        parts, end, done = [], 0, 0
        for found in self._found(string, 0, len(string)):
            made = make(found)
            parts.append(string[end : found.start()])
            if made is not None:
                parts.append(made)
            end, done = found.end(), done + 1
            if done == count:
                break
        empty = string[:0]
        return (empty if isinstance(empty, str) else b"").join([*parts, string[end:]]), done

    def _replacement(self, repl):
        if callable(repl):
            return repl
        if ("\\" if isinstance(repl, str) else b"\\") not in repl:
            return lambda found: repl
        from re import _compile_template

        template = _compile_template(self, repl)
        return lambda found: template._fill(found)

    def scanner(self, string, pos=0, endpos=2**63 - 1):
        """Return an object that matches or searches on from where it was."""
        return _Scanner(self, string, pos, endpos)

    def __repr__(self):
        import re

        flags = self.flags & ~(re.UNICODE.value if isinstance(self.pattern, str) else 0)
        text = f"{self.pattern!r}"
        text = text if len(text) <= 200 else text[:200]
        return f"re.compile({text}, {re.RegexFlag(flags)!r})" if flags else f"re.compile({text})"

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        key = lambda one: (one.flags, type(one.pattern), one.pattern)
        return key(self) == key(other)

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        import re

        return re._compile, (self.pattern, self.flags)

    def __class_getitem__(cls, item):
        from types import GenericAlias

        return GenericAlias(cls, item)


class Match:
    """What matched, and where."""

    __module__ = "re"
    __slots__ = ("re", "string", "pos", "endpos", "_marks")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Match' instances")

    def _place(self, group):
        if hasattr(group, "__index__"):
            place = group.__index__()
        else:
            place = self.re.groupindex.get(group, -1) if isinstance(group, (str, bytes)) else -1
        if not 0 <= place <= self.re.groups:
            raise IndexError("no such group")
        return 2 * place

    def _part(self, group, default=None):
        place = self._place(group)
        start, end = self._marks[place : place + 2]
        return default if start < 0 else self.string[start:end]

    def group(self, *groups):
        """Return what groups matched; without arguments, the whole."""
        if len(groups) > 1:
            return tuple(map(self._part, groups))
        return self._part(*groups or (0,))

    __getitem__ = _part

    def groups(self, default=None):
        """Return what all groups matched, as a tuple."""
        return tuple(self._part(group, default) for group in range(1, self.re.groups + 1))

    def groupdict(self, default=None):
        """Return what the groups with names matched."""
        return {name: self._part(group, default) for name, group in self.re.groupindex.items()}

    def start(self, group=0, /):
        """Return where a group starts, or -1."""
        return self._marks[self._place(group)]

    def end(self, group=0, /):
        """Return where a group ends, or -1."""
        return self._marks[self._place(group) + 1]

    def span(self, group=0, /):
        """Return where a group starts and ends."""
        place = self._place(group)
        return self._marks[place : place + 2]

    def expand(self, template):
        """Return a template with the groups filled in."""
        return self.re._replacement(template)(self)

    @property
    def regs(self):
        """Start and end of the whole and of all groups."""
        return tuple(map(self.span, range(self.re.groups + 1)))

    @property
    def lastindex(self):
        """The number of the last group that was closed."""
        last = self._marks[-1]
        return last if last > 0 else None

    @property
    def lastgroup(self):
        """The name of the last group that was closed."""
        return None if self.lastindex is None else self.re._names[self.lastindex]

    def __bool__(self):
        return True

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __class_getitem__(cls, item):
        from types import GenericAlias

        return GenericAlias(cls, item)


class _Scanner:
    def __init__(self, pattern, string, pos, endpos):
        self.pattern, self._string, self._end = pattern, string, endpos
        self._at, self._must_advance = pos, False

    def match(self):
        return self._next("match")

    def search(self):
        return self._next("search")

    def _next(self, mode):
        if self._at is None:
            return None
        found = self.pattern._run(self._string, self._at, self._end, mode, self._must_advance)
        if found is None:
            self._at = None
            return None
        start, self._at = found.span()
        self._must_advance = start == self._at
        return found


_Scanner.__name__ = _Scanner.__qualname__ = "SRE_Scanner"


class _Template:
    """A replacement text with places for groups."""

    __slots__ = ("_parts",)

    def _fill(self, found):
        empty = found.string[:0]
        empty = empty if isinstance(empty, (str, bytes)) else b""
        filled = (found._part(part, empty) if isinstance(part, int) else part for part in self._parts)
        return empty.join(filled)


def _match(pattern, string, pos, endpos, marks):
    found = object.__new__(Match)
    found.re, found.string, found.pos, found.endpos, found._marks = pattern, string, pos, endpos, marks
    return found


def compile(pattern, flags, code, groups, groupindex, indexgroup):
    """Return the pattern of instructions that re made."""
    from types import MappingProxyType

    made = object.__new__(Pattern)
    made.pattern, made.flags, made.groups = pattern, int(flags), groups
    made.groupindex, made._names = MappingProxyType(dict(groupindex)), indexgroup
    made._program = _program(code, groups)
    return made


def template(pattern, template, /):
    """Return the replacement of a parsed template: text and numbers of groups in turn."""
    made = object.__new__(_Template)
    made._parts = [part for part in template if part != template[0][:0]]
    return made

samples = ["", "abc", "ABC", "Abc Def", "123", "12a", "²", "½", "Ⅷ", "٣", " \t", "ß", "é", "_x1", "1x", "class", "a b", "\n", "\u0378", "日本", "ǅ", "\U0001F600", "aB", "\u00ad"]
names = ["isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable", "isascii"]
for sample in samples:
    print(ascii(sample), [name for name in names if getattr(sample, name)()])

for s in ("straße", "ŉ", "ǅ", "ΑΣ", "ΑΣΑ", "İ", "ı", "ﬁ", "ÀÉ", "ὈΔΥΣΣΕΎΣ", "Ω", "ᾳ", "ꭰ", "o'neill they're", "123abc", "ß"):
    print(ascii(s), ascii(s.upper()), ascii(s.lower()), ascii(s.title()), ascii(s.capitalize()), ascii(s.casefold()), ascii(s.swapcase()))
print("ß".casefold() == "SS".casefold(), "Σ".lower(), "ΌΣΟΣ".lower(), len("ŉ".upper()))

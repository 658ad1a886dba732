//! Bytes as text of ASCII: what `bytes` and `bytearray` ask of letters, digits and white space.

/// Whether there are bytes, and all of them are of one sort.
fn all(bytes: &[u8], is: impl Fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(is)
}

fn is_space_byte(byte: &u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// `isalnum`
#[must_use]
pub fn is_alnum(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_alphanumeric)
}

/// `isalpha`
#[must_use]
pub fn is_alpha(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_alphabetic)
}

/// `isdigit`
#[must_use]
pub fn is_digit(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_digit)
}

/// `isspace`
#[must_use]
pub fn is_space(bytes: &[u8]) -> bool {
    all(bytes, is_space_byte)
}

/// `isascii`, which is true of nothing too.
#[must_use]
pub fn is_ascii(bytes: &[u8]) -> bool {
    bytes.is_ascii()
}

/// `islower`: letters, and none of them a capital.
#[must_use]
pub fn is_lower(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
}

/// `isupper`: letters, and all of them capitals.
#[must_use]
pub fn is_upper(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// `istitle`: words of a capital and then small letters.
#[must_use]
pub fn is_title(bytes: &[u8]) -> bool {
    let (mut inside, mut seen) = (false, false);
    for byte in bytes {
        if byte.is_ascii_uppercase() == inside && byte.is_ascii_alphabetic() {
            return false;
        }
        inside = byte.is_ascii_alphabetic();
        seen |= inside;
    }
    seen
}

/// `lower`
#[must_use]
pub fn lower(bytes: &[u8]) -> Vec<u8> {
    bytes.to_ascii_lowercase()
}

/// `upper`
#[must_use]
pub fn upper(bytes: &[u8]) -> Vec<u8> {
    bytes.to_ascii_uppercase()
}

/// `swapcase`
#[must_use]
pub fn swap_case(bytes: &[u8]) -> Vec<u8> {
    let swap = |byte: &u8| match byte.is_ascii_uppercase() {
        true => byte.to_ascii_lowercase(),
        false => byte.to_ascii_uppercase(),
    };
    bytes.iter().map(swap).collect()
}

/// `capitalize`: the first byte as a capital, the others as small letters.
#[must_use]
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut made = bytes.to_ascii_lowercase();
    if let Some(first) = made.first_mut() {
        first.make_ascii_uppercase();
    }
    made
}

/// `title`: the first letter of each word as a capital, the others as small letters.
#[must_use]
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut inside = false;
    let letter = |byte: &u8| {
        let made = match inside {
            true => byte.to_ascii_lowercase(),
            false => byte.to_ascii_uppercase(),
        };
        inside = byte.is_ascii_alphabetic();
        made
    };
    bytes.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert_eq!(title(b"they're bill's"), b"They'Re Bill'S");
        assert_eq!(capitalize(b"\xe9A b"), b"\xe9a b");
        assert_eq!(swap_case(b"aB\xff1"), b"Ab\xff1");
    }

    #[test]
    fn titles() {
        for title in ["A", "Ab C1D", "1A"] {
            assert!(is_title(title.as_bytes()), "{title}");
        }
        for other in ["", "1", "AB", "aB", "A b"] {
            assert!(!is_title(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn sorts_of_bytes() {
        assert!(is_space(b"\x0b\x0c \t") && !is_space(b"\x1c") && !is_space(b""));
        assert!(is_upper(b"A1") && !is_upper(b"1") && !is_upper(b"Aa"));
        assert!(is_lower(b"a1\xff") && is_ascii(b"") && !is_alpha(b""));
    }
}

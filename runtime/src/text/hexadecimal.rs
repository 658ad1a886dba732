//! Bytes as pairs of hexadecimal digits.

/// `hex`: with a separator between groups, which are counted from the right, or from the left if `group` is negative.
#[must_use]
pub fn write(bytes: &[u8], separator: Option<u8>, group: i64) -> String {
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let separator = separator.filter(|_| size > 0).map(char::from);
    let mut out = String::with_capacity(bytes.len() * 2);
    for (at, byte) in bytes.iter().enumerate() {
        let place = match group < 0 {
            true => at,
            false => bytes.len() - at,
        };
        if at > 0 && place.is_multiple_of(size.max(1)) {
            out.extend(separator);
        }
        let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
        out.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    out
}

/// Why a text is no row of pairs of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// What is at this place, in bytes, is no digit.
    At(usize),
    /// The last pair has one digit.
    Odd,
}

/// `fromhex`: pairs of digits, with white space around them.
///
/// # Errors
/// [`Error`].
pub fn read(text: &[u8]) -> Result<Vec<u8>, Error> {
    let digit = |at: usize| {
        let byte = text.get(at).ok_or(Error::Odd)?;
        let value = char::from(*byte).to_digit(16).ok_or(Error::At(at))?;
        Ok(value as u8)
    };
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        if matches!(byte, b'\t'..=b'\r' | b' ') {
            at += 1;
            continue;
        }
        out.push(digit(at)? << 4 | digit(at + 1)?);
        at += 2;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups() {
        let bytes = [0xb9, 0x01, 0xef];
        assert_eq!(write(&bytes, None, 1), "b901ef");
        assert_eq!(write(&bytes, Some(b':'), 1), "b9:01:ef");
        assert_eq!(write(&bytes, Some(b':'), 2), "b9:01ef");
        assert_eq!(write(&bytes, Some(b':'), -2), "b901:ef");
        assert_eq!(write(&bytes, Some(b':'), 0), "b901ef");
        assert_eq!(write(&bytes, Some(b':'), i64::MIN), "b901ef");
    }

    #[test]
    fn pairs() {
        assert_eq!(read(b" 0aFF\t10 "), Ok(vec![0x0a, 0xff, 0x10]));
        assert_eq!(read(b"0 a"), Err(Error::At(1)));
        assert_eq!(read(b"0g"), Err(Error::At(1)));
        assert_eq!(read(b"0a1"), Err(Error::Odd));
        assert_eq!(read(b"\xc3\xa9"), Err(Error::At(0)));
    }
}

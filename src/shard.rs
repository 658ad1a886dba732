//! Parts on the command line: `2/3` is the second of three.

/// Reads which part, and of how many.
pub(crate) fn parse(text: &str) -> Result<(u64, u64), String> {
    let refused =
        || format!("`{text}` is not a part; write it like 2/3, the second of three parts");
    let (part, parts) = text.split_once('/').ok_or_else(refused)?;
    let (part, parts) = (number(part), number(parts));
    match (part, parts) {
        (Some(part), Some(parts)) if (1..=parts).contains(&part) => Ok((part, parts)),
        _ => Err(refused()),
    }
}

/// A number in digits only: no sign, no space.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn parts_are_counted_from_one() {
        assert_eq!(parse("1/1"), Ok((1, 1)));
        assert_eq!(parse("2/3"), Ok((2, 3)));
        assert_eq!(parse("16/16"), Ok((16, 16)));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "x",
            "/",
            "1",
            "1/",
            "/1",
            "0/3",
            "4/3",
            "1/0",
            "0/0",
            "-1/3",
            "+1/3",
            "1/3/3",
            "1 /3",
            "1.5/3",
            "1/99999999999999999999",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}

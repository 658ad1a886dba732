//! Durations on the command line: `90s`, `1.5m`, `500ms`.

use std::time::Duration;

const UNITS: [(&str, f64); 4] = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0)];

/// Reads a number and its unit.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let refused = || format!("`{text}` is not a duration; write it like 500ms, 60s, 1.5m or 1h");
    let split = text
        .find(|letter: char| letter.is_ascii_alphabetic())
        .ok_or_else(refused)?;
    let (number, unit) = text.split_at(split);
    let scale = UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .ok_or_else(refused)?
        .1;
    if !number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return Err(refused());
    }
    let number: f64 = number.parse().map_err(|_| refused())?;
    let duration = Duration::try_from_secs_f64(number * scale).map_err(|_| refused())?;
    if duration.is_zero() {
        return Err(format!("`{text}` leaves no time at all"));
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::parse;

    #[test]
    fn numbers_with_units_are_durations() {
        assert_eq!(parse("60s"), Ok(Duration::from_secs(60)));
        assert_eq!(parse("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("1h"), Ok(Duration::from_secs(3600)));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "s",
            "60",
            "-1s",
            "1e9s",
            "infs",
            "nans",
            "1d",
            "1.2.3s",
            "60 s",
            "0s",
            "9".repeat(400).as_str(),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}

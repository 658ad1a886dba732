//! Texts and messages of CPython 3.14.

use proptest::prelude::*;

use super::*;

/// Values in order; every one that is text answers `s`, and keys are noted.
#[derive(Default)]
struct Values {
    items: Vec<Argument>,
    keys: Vec<String>,
}

impl Values {
    fn next(&mut self) -> Result<Argument, String> {
        match self.items.is_empty() {
            true => Err("not enough arguments for format string".into()),
            false => Ok(self.items.remove(0)),
        }
    }
}

impl Arguments for Values {
    type Error = String;

    fn select(&mut self, key: &[u8]) -> Result<(), String> {
        self.keys.push(String::from_utf8_lossy(key).into());
        Ok(())
    }

    fn star(&mut self) -> Result<isize, String> {
        match self.next()? {
            Argument::Integer(value) => Ok(isize::try_from(value).unwrap()),
            _ => Err("* wants int".into()),
        }
    }

    fn convert(&mut self, _: char) -> Result<Argument, String> {
        self.next()
    }

    fn skip(&mut self) -> Result<(), String> {
        self.next().map(drop)
    }

    fn room(&mut self, _bytes: Option<usize>) -> Result<(), Self::Error> {
        Ok(())
    }

    fn refuse(&mut self, error: Error) -> String {
        error.message()
    }
}

fn with(format: &str, items: &[Argument]) -> String {
    let mut values = Values {
        items: items.to_vec(),
        ..Values::default()
    };
    match printf(format.as_bytes(), Unit::Character, &mut values) {
        Ok(text) => String::from_utf8(text).unwrap(),
        Err(message) => message,
    }
}

fn int(value: i64) -> Argument {
    Argument::Integer(value.into())
}

fn float(value: f64) -> Argument {
    Argument::Float(value)
}

fn text(text: &str) -> Argument {
    Argument::Text(text.into())
}

#[test]
fn conversions() {
    let cases = [
        ("%d%%", int(5), "5%"),
        ("%+05d", int(5), "+0005"),
        ("%-05d|", int(5), "5    |"),
        ("%.3d", int(-5), "-005"),
        ("%08.3d", int(-5), "-0000005"),
        ("%#x", int(255), "0xff"),
        ("%#010X", int(-255), "-0X00000FF"),
        ("%ld", int(1), "1"),
        ("% o", int(8), " 10"),
        ("%5.2s|", text("abé"), "   ab|"),
        ("%05s", text("é"), "    é"),
        ("%-4s|", text("é"), "é   |"),
        ("%.0s|", text("é"), "|"),
        ("%.s|", text("é"), "|"),
        ("%e", float(12345.678), "1.234568e+04"),
        ("%010.2f", float(-2.34567), "-000002.35"),
        ("%G", float(1e-10), "1E-10"),
        ("%#.3g", float(1.0), "1.00"),
        ("%06f", float(f64::INFINITY), "000inf"),
        ("%.0f", float(0.5), "0"),
        ("%3c|", Argument::Character("é".into()), "  é|"),
    ];
    for (format, value, wanted) in cases {
        assert_eq!(with(format, &[value]), wanted, "{format}");
    }
    assert_eq!(with("%*.*f|", &[int(-8), int(2), float(1.0)]), "1.00    |");
}

#[test]
fn keys_and_refusals() {
    let mut values = Values {
        items: vec![int(1), int(2)],
        ..Values::default()
    };
    let found = printf(b"%(a(b))d%()d", Unit::Character, &mut values);
    assert_eq!(
        (found, values.keys),
        (Ok(b"12".to_vec()), vec!["a(b)".to_owned(), String::new()])
    );
    let cases = [
        ("é%y", "unsupported format character 'y' (0x79) at index 2"),
        ("%é", "unsupported format character '?' (0xe9) at index 1"),
        ("%b", "unsupported format character 'b' (0x62) at index 1"),
        ("%5", "incomplete format"),
        ("%", "incomplete format"),
        ("%(a", "incomplete format key"),
        ("%99999999999999999999d", "width too big"),
        ("%.9999999999d", "precision too big"),
        ("%d%d", "not enough arguments for format string"),
    ];
    for (format, message) in cases {
        assert_eq!(with(format, &[int(1)]), message, "{format}");
    }
}

#[test]
fn bytes_count_bytes() {
    let mut values = Values {
        items: vec![Argument::Text(b"\xff\xfe".to_vec())],
        ..Values::default()
    };
    assert_eq!(
        printf(b"\x80%4b", Unit::Byte, &mut values),
        Ok(b"\x80  \xff\xfe".to_vec())
    );
}

proptest! {
    #[test]
    fn no_format_panics(format in "[%()*.#0+ \\-1-9hl a-zA-Zé]{0,10}") {
        let items = vec![int(3); 9];
        let mut values = Values { items, ..Values::default() };
        if !format.chars().any(|c| c.is_ascii_digit()) {
            let _ = printf(format.as_bytes(), Unit::Character, &mut values);
        }
    }
}

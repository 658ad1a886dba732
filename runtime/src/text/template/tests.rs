//! Pieces and messages of CPython 3.14.

use proptest::prelude::*;

use super::*;

fn text(text: &str) -> &Wtf8 {
    Wtf8::new(text)
}

fn field<'a>(name: &'a str, conversion: Option<char>, specification: &'a str) -> Piece<'a> {
    Piece::Field(Field {
        name: text(name),
        conversion: conversion.map(u32::from),
        specification: text(specification),
    })
}

#[test]
fn pieces_in_order() {
    let found: Result<Vec<_>, _> = pieces(text("a{{b}}{0.x[y:}]!r:>{w}}é{}")).collect();
    let expected = vec![
        Piece::Literal(text("a{")),
        Piece::Literal(text("b}")),
        field("0.x[y:}]", Some('r'), ">{w}"),
        Piece::Literal(text("é")),
        field("", None, ""),
    ];
    assert_eq!(found, Ok(expected));
}

#[test]
fn refused_templates() {
    let cases = [
        ("}", "Single '}' encountered in format string"),
        ("a}b", "Single '}' encountered in format string"),
        ("a{", "Single '{' encountered in format string"),
        ("{a", "expected '}' before end of string"),
        ("{a[", "expected '}' before end of string"),
        ("{a{b}}", "unexpected '{' in field name"),
        ("{!", "end of string while looking for conversion specifier"),
        ("{!r", "unmatched '{' in format spec"),
        ("{!rs}", "expected ':' after conversion specifier"),
        ("{:{}", "unmatched '{' in format spec"),
        ("{:", "unmatched '{' in format spec"),
    ];
    for (template, message) in cases {
        let found = pieces(text(template)).find_map(Result::err);
        assert_eq!(
            found.map(Error::message).as_deref(),
            Some(message),
            "{template}"
        );
    }
    assert_eq!(
        Error::UnknownConversion(0x78).message(),
        "Unknown conversion specifier x"
    );
    assert_eq!(
        Error::UnknownConversion(0xe9).message(),
        "Unknown conversion specifier \\xe9"
    );
}

#[test]
fn names_and_steps() {
    let (first, steps) = name(text("10.ab[0][k é].c")).unwrap();
    assert_eq!(first, First::Place(10));
    let steps: Result<Vec<_>, _> = steps.collect();
    let expected = vec![
        Step::Attribute(text("ab")),
        Step::Index(0),
        Step::Key(text("k é")),
        Step::Attribute(text("c")),
    ];
    assert_eq!(steps, Ok(expected));
    assert_eq!(name(text("")).unwrap().0, First::Next);
    assert_eq!(name(text("1a")).unwrap().0, First::Name(text("1a")));
    assert_eq!(
        name(text("99999999999999999999")).unwrap_err(),
        Error::TooManyDigits
    );
    let refused = [
        ("a.", Error::EmptyAttribute),
        ("a..b", Error::EmptyAttribute),
        ("a[]", Error::EmptyAttribute),
        ("a[0", Error::NoBracket),
        ("a[0]b", Error::AfterBracket),
    ];
    for (path, error) in refused {
        assert_eq!(
            name(text(path)).unwrap().1.find_map(Result::err),
            Some(error),
            "{path}"
        );
    }
}

#[test]
fn numbering_is_of_one_kind() {
    let mut automatic = Numbering::default();
    assert_eq!(automatic.resolve(First::Next), Ok(Ok(0)));
    assert_eq!(
        automatic.resolve(First::Name(text("a"))),
        Ok(Err(text("a")))
    );
    assert_eq!(automatic.resolve(First::Next), Ok(Ok(1)));
    assert_eq!(
        automatic.resolve(First::Place(0)),
        Err(Error::AutomaticToManual)
    );
    let mut manual = Numbering::default();
    assert_eq!(manual.resolve(First::Place(3)), Ok(Ok(3)));
    assert_eq!(manual.resolve(First::Next), Err(Error::ManualToAutomatic));
}

proptest! {
    #[test]
    fn no_template_panics(template in "[{}\\[\\]:!.0-9aé]{0,12}") {
        for piece in pieces(text(&template)) {
            let Ok(Piece::Field(field)) = piece else { continue };
            if let Ok((_, steps)) = name(field.name) {
                steps.for_each(drop);
            }
        }
    }
}

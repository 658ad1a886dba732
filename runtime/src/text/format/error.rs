//! Why something cannot be formatted, in CPython's words.

/// A refused specification, or one that does not fit the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Characters are left behind the type.
    Invalid,
    /// A point without digits or separator behind it.
    NoPrecision,
    /// A width or precision beyond what a size holds.
    TooManyDigits,
    /// A precision beyond a C `int`.
    PrecisionTooBig,
    /// `,` together with `_`.
    BothSeparators,
    /// A separator that the type does not take.
    Separator(char, char),
    /// A type that the object does not know.
    Unknown(char),
    /// A part of the specification that the object does not take.
    NotAllowed(&'static str),
    /// `c` of a number that is no character: an `OverflowError`.
    NoCharacter,
    /// `c` of a number beyond a C `long`: an `OverflowError`.
    BeyondLong,
    /// A float's type with an integer beyond a float: an `OverflowError`.
    BeyondFloat,
}

impl Error {
    /// Whether the exception is an `OverflowError` and not a `ValueError`.
    #[must_use]
    pub fn is_overflow(&self) -> bool {
        matches!(
            self,
            Error::NoCharacter | Error::BeyondLong | Error::BeyondFloat
        )
    }

    /// CPython's message, of a specification and the name of the object's type.
    #[must_use]
    pub fn message(&self, specification: &str, type_name: &str) -> String {
        match self {
            Error::Invalid => {
                format!(
                    "Invalid format specifier '{specification}' for object of type '{type_name}'"
                )
            }
            Error::NoPrecision => "Format specifier missing precision".into(),
            Error::TooManyDigits => "Too many decimal digits in format string".into(),
            Error::PrecisionTooBig => "precision too big".into(),
            Error::BothSeparators => "Cannot specify both ',' and '_'.".into(),
            Error::Separator(separator, kind) => {
                format!("Cannot specify '{separator}' with '{}'.", shown(*kind))
            }
            Error::Unknown(kind) => {
                format!(
                    "Unknown format code '{}' for object of type '{type_name}'",
                    shown(*kind)
                )
            }
            Error::NotAllowed(what) => (*what).into(),
            Error::NoCharacter => "%c arg not in range(0x110000)".into(),
            Error::BeyondLong => "Python int too large to convert to C long".into(),
            Error::BeyondFloat => "int too large to convert to float".into(),
        }
    }
}

fn shown(kind: char) -> String {
    match kind {
        '!'..='\x7f' => kind.into(),
        kind => format!("\\x{:x}", kind as u32),
    }
}

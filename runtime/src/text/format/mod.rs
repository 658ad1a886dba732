//! The format mini-language: a specification, parsed once, and what it makes of numbers and text.
//!
//! Digits, rounding and exponents come from `rustpython-literal`; the layout is here. The complete module of
//! `rustpython-common` was considered instead: it needs a second kind of big integers (malachite, LGPL), hides width
//! and precision from a caller that must refuse absurd ones, writes `format(1e300+1j, ">9")` without an exponent,
//! takes time in the square of the digits to group them, and knows no lone surrogates in text. `ruff_python_literal`
//! only parses.

mod error;
mod layout;
mod number;
mod specification;

pub use error::Error;
pub use layout::text;
pub use number::{complex, float, integer};
pub use specification::{Align, Kind, Specification};

#[cfg(test)]
mod tests;

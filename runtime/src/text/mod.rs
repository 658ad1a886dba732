//! Text and numbers as Python writes and reads them: pure functions that know no object, thread or exception.
//!
//! A Python string is a sequence of code points, lone surrogates among them. Here it is WTF-8 ([`Wtf8`]): UTF-8 in
//! which a surrogate takes three bytes, and a pair of surrogates stays two. Every `&str` is one for free.
//! What can fail returns a small enum or `None`; the caller makes the exception.

pub mod ascii;
pub mod codec;
pub mod format;
pub mod hexadecimal;
pub mod number;
pub mod printf;
pub mod quote;
pub mod search;
pub mod suggest;
pub mod template;
pub mod unicode;
mod unit;

pub use rustpython_wtf8::{CodePoint, Wtf8, Wtf8Buf};
pub use unit::Unit;

//! The one string object of the empty text and of each character of Latin-1, so that taking a text apart makes none.

use crate::objects::value::Value;
use crate::refs::Ref;

/// The strings, immortal: each character at its code, the empty one behind them.
pub(crate) struct Letters(Vec<Value>);

/// How many characters there are.
const COUNT: usize = 0x100;

impl Letters {
    /// The strings; `intern` gives the one object of a text.
    pub(crate) fn new<'a>(intern: impl Fn(&str) -> Ref<'a>) -> Self {
        let letters = (0..=u8::MAX).map(|code| String::from(char::from(code)));
        let all = letters.chain([String::new()]);
        Self(all.map(|text| intern(&text).value()).collect())
    }

    fn at(&self, place: usize) -> Ref<'_> {
        // SAFETY: interned strings are immortal.
        unsafe { Ref::from_value(self.0[place]) }
    }

    /// The string with this text, if it is among them.
    #[inline]
    pub(crate) fn get(&self, text: &str) -> Option<Ref<'_>> {
        match *text.as_bytes() {
            [] => Some(self.at(COUNT)),
            [byte] => Some(self.at(usize::from(byte))),
            [first @ (0xc2 | 0xc3), second] => {
                Some(self.at((usize::from(first) & 0b11) << 6 | usize::from(second) & 0x3f))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_code_of_two_bytes() {
        for code in 0x80..=0xff_u8 {
            let text = String::from(char::from(code));
            let [first, second] = *text.as_bytes() else {
                panic!("two bytes")
            };
            let place = (usize::from(first) & 0b11) << 6 | usize::from(second) & 0x3f;
            assert_eq!(place, usize::from(code));
        }
    }
}

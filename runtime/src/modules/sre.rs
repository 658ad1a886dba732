//! `_sre`: what `re` needs below its parser and compiler; patterns and matches are in `lib/_sre.py`.

use rustpython_sre_engine::constants::SRE_MAGIC;
use rustpython_sre_engine::string::{lower_ascii, lower_unicode, upper_unicode};
use rustpython_sre_engine::{CODESIZE, MAXGROUPS, MAXREPEAT};

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::refs::Ref;
use crate::types::define::module;
use crate::types::sre;

module! {
    pub(crate) SRE = "_sre" {
        doc "The engine of regular expressions.";
        constant MAGIC = |cx| cx.int(SRE_MAGIC as i64);
        constant CODESIZE = |cx| cx.int(CODESIZE as i64);
        constant MAXREPEAT = |cx| cx.int(MAXREPEAT as i64);
        constant MAXGROUPS = |cx| cx.int(MAXGROUPS as i64);
        static getcodesize();
        /// The instructions of a pattern, for a program.
        static _program as program(code, groups, /);
        /// Whether the letter has another case, among those of ASCII.
        static ascii_iscased(character, /);
        /// Whether the letter has another case.
        static unicode_iscased(character, /);
        static ascii_tolower(character, /);
        static unicode_tolower(character, /);
    }
}

fn getcodesize(_cx: &Cx) -> usize {
    CODESIZE
}

fn program(cx: &Cx, code: Ref<'_>, groups: i64) -> Outcome {
    let mut codes = Vec::new();
    for item in iterate::collect(cx, code)? {
        let code = number::size(cx, item.borrow())?;
        let code = u32::try_from(code);
        codes.push(code.map_err(|_| cx.value_error("not an instruction"))?);
    }
    Ok(sre::program(cx, codes, groups.max(0) as usize))
}

fn ascii_iscased(_cx: &Cx, letter: i64) -> bool {
    u8::try_from(letter).is_ok_and(|letter| letter.is_ascii_alphabetic())
}

fn unicode_iscased(_cx: &Cx, letter: i64) -> bool {
    let letter = letter as u32;
    lower_unicode(letter) != letter || upper_unicode(letter) != letter
}

fn ascii_tolower(_cx: &Cx, letter: i64) -> i64 {
    i64::from(lower_ascii(letter as u32))
}

fn unicode_tolower(_cx: &Cx, letter: i64) -> i64 {
    i64::from(lower_unicode(letter as u32))
}

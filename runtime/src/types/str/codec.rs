//! Text to bytes and back, with Python's exceptions.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::codec::{self, Encoding, Failure, Handler};
use crate::types::TypeId;
use crate::types::{bytes, exception};

fn lookup(cx: &Cx, encoding: Option<&str>) -> Outcome<Encoding> {
    let encoding = encoding.unwrap_or("utf-8");
    Encoding::lookup(encoding).ok_or_else(|| {
        let message = format!("unknown encoding: {encoding}");
        cx.error(TypeId::LookupError, message)
    })
}

/// The handler of a name, which nobody asks for before there is something to handle.
fn handler(cx: &Cx, errors: Option<&str>) -> Outcome<Handler> {
    let errors = errors.unwrap_or("strict");
    Handler::lookup(errors).ok_or_else(|| {
        let message = format!("unknown error handler name '{errors}'");
        cx.error(TypeId::LookupError, message)
    })
}

/// `bytes.decode(encoding, errors)`
pub(crate) fn decode(
    cx: &Cx,
    bytes: &[u8],
    encoding: Option<&str>,
    errors: Option<&str>,
) -> Outcome {
    let encoding = lookup(cx, encoding)?;
    let result = codec::decode(bytes, encoding, |problem| {
        Ok(handler(cx, errors)?.decode(bytes, problem))
    });
    match result {
        Ok(text) => Ok(cx.wtf8(text.as_bytes())),
        Err(Failure::Strict(problem)) => Err(exception::decode_error(cx, bytes, &problem)),
        Err(Failure::Handler(raised)) => Err(raised),
    }
}

/// `str.encode(encoding, errors)`
pub(crate) fn encode(
    cx: &Cx,
    text: &Str,
    encoding: Option<&str>,
    errors: Option<&str>,
) -> Outcome<Vec<u8>> {
    let encoding = lookup(cx, encoding)?;
    let text = super::wtf8(text);
    let result = codec::encode(text, encoding, |problem| {
        Ok(handler(cx, errors)?.encode(text, problem))
    });
    match result {
        Ok(bytes) => Ok(bytes),
        Err(Failure::Strict(problem)) => {
            let text = cx.wtf8(text.as_bytes());
            Err(exception::encode_error(cx, text, &problem))
        }
        Err(Failure::Handler(raised)) => Err(raised),
    }
}

pub(super) fn encode_method(cx: &Cx, this: &Str, encoding: &str, errors: &str) -> Outcome {
    let bytes = encode(cx, this, Some(encoding), Some(errors))?;
    Ok(bytes::new(cx, &bytes))
}

/// `str(object, encoding, errors)`
pub(super) fn new(
    cx: &Cx,
    object: Ref<'_>,
    encoding: Option<Ref<'_>>,
    errors: Option<Ref<'_>>,
) -> Outcome<Owned> {
    if object.downcast::<Str>().is_some() {
        return Err(cx.type_error("decoding str is not supported"));
    }
    let Some(bytes) = bytes::data(cx, object) else {
        let kind = cx.type_name(object);
        return Err(cx.type_error(format!(
            "decoding to str: need a bytes-like object, {kind} found"
        )));
    };
    let [encoding, errors] = [encoding, errors].map(|given| given.map(|given| cx.text_of(given)));
    decode(cx, &bytes, encoding, errors)
}

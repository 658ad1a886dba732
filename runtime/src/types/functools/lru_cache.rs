//! `functools._lru_cache_wrapper`: a function whose results are kept by its arguments.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::header::Header;
use crate::objects::hooks::Error;
use crate::objects::lru::Lru;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref, here};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::function::bind;
use crate::types::itertools::construct;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{member, object};

/// A function with its results.
pub(crate) struct LruCache {
    function: Owned,
    /// What `cache_info` gives.
    info: Owned,
    /// Stands between arguments by position and by name.
    mark: Owned,
    /// Whether equal arguments of different classes are different.
    typed: bool,
    results: Results,
}

/// The results, whose references end with it.
struct Results(Lru);

impl Drop for Results {
    fn drop(&mut self) {
        here(|ts| self.0.end(ts));
    }
}

payload!(
    LruCache as LruCache,
    "lru cache",
    |this, visit| {
        let all = [&this.function, &this.info, &this.mark];
        all.iter().for_each(|one| visit(one.borrow()));
        // SAFETY: the results own what they show.
        this.results
            .0
            .show(&mut |value| visit(unsafe { Ref::from_value(value) }));
    },
    |gone, ts, object| gone.results.0.clear(ts, object)
);

class! {
    pub(crate) LRU_CACHE: Boxed<LruCache> = "_lru_cache_wrapper" (Object) {
        module "functools";
        with_dict;
        with_weak;
        doc "A function that keeps its results: calls of it exclude each other, as long as none of them waits.";
        slots { new: new, call: call, descr_get: get }
        get __dict__ as dict, set_dict;
        /// How many calls found their result and how many did not, how many there may be, and how many there are.
        method cache_info(self, /);
        /// Forget all results.
        method cache_clear(self, /);
        /// What pickle needs to find it again.
        method __reduce__ as reduce(self, /);
        /// The same object.
        method __copy__ as copy(self, /);
        /// The same object.
        method __deepcopy__ as deep_copy(self, memo, /);
    }
}

const MAKE: Function = function!(
    true,
    "lru_cache",
    "",
    make,
    (self, user_function, maxsize, typed, cache_info_type)
);

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(
    cx: &Cx,
    class: &Class,
    function: Owned,
    most: Ref<'_>,
    typed: bool,
    info: Owned,
) -> Outcome {
    if !cx
        .class_of(function.borrow())
        .slot(|slots| slots.call.is_some())
    {
        return Err(cx.type_error("the first argument must be callable"));
    }
    let most = match most.not_none() {
        None => None,
        Some(most) if !crate::eval::ops::number::is_index(cx, most) => {
            return Err(cx.type_error("maxsize should be integer or None"));
        }
        Some(most) => Some(crate::eval::ops::number::position(cx, most)?.max(0) as usize),
    };
    let made = LruCache {
        function,
        info,
        mark: object::instance(cx, cx.class(TypeId::Object)),
        typed,
        results: Results(Lru::new(cx.ts, most)),
    };
    Ok(payload::new_in(cx, class, made))
}

fn parts(this: Ref<'_>) -> (&LruCache, &Header) {
    let cache = this.payload::<LruCache>();
    cache.zip(this.header()).expect("an _lru_cache_wrapper")
}

/// What equal calls have in common.
fn key(cx: &Cx, cache: &LruCache, args: Args<'_>) -> Owned {
    if let ([only], [], false) = (args.positional, args.names, cache.typed)
        && (only.as_small().is_some() || only.exact::<Str>().is_some())
    {
        return only.own();
    }
    let mut parts: Vec<Owned> = args.positional.iter().map(|one| one.own()).collect();
    if !args.names.is_empty() {
        parts.push(cache.mark.clone());
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        parts.extend([name.own(), value.own()]);
    }
    if cache.typed {
        let all = args.positional.iter().chain(args.keywords);
        parts.extend(all.map(|one| cx.class_of(*one).as_ref().own()));
    }
    cx.tuple(parts)
}

/// Why a call failed.
enum Failed {
    Objects(Error),
    Raised(Raised),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Objects(error)
    }
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let (cache, header) = parts(this);
    let key = key(cx, cache, args);
    let make = || match cx.call(cache.function.borrow(), args) {
        Ok(result) => Ok(result.into_value()),
        Err(raised) => Err(Failed::Raised(raised)),
    };
    let called = cache
        .results
        .0
        .call(cx.ts, header, key.borrow().value(), make);
    match called {
        // SAFETY: the reference is new.
        Ok(result) => Ok(unsafe { Owned::from_value(result) }),
        Err(Failed::Raised(raised)) => Err(raised),
        Err(Failed::Objects(error)) => cx.lift(Err(error)),
    }
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    match object.and_then(Ref::not_none) {
        None => Ok(this.own()),
        Some(object) => Ok(bind(cx, this, object)),
    }
}

fn dict(cx: &Cx, this: Ref<'_>) -> Owned {
    attribute::dict_of(cx, this).unwrap_or(Owned::NONE)
}

fn set_dict(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    match this.header() {
        Some(header) => member::set_dict(cx, header, value),
        None => Ok(()),
    }
}

fn cache_info(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (cache, header) = parts(this);
    let (counts, most, len) = cache.results.0.counts(cx.ts, header);
    let most = most.map_or(Owned::NONE, |most| cx.int(most as i64));
    let (hits, misses) = (cx.int(counts.hits as i64), cx.int(counts.misses as i64));
    let len = cx.int(len as i64);
    let all = [hits.borrow(), misses.borrow(), most.borrow(), len.borrow()];
    cx.call(cache.info.borrow(), Args::positional(&all))
}

fn cache_clear(cx: &Cx, this: Ref<'_>) {
    let (cache, header) = parts(this);
    cache.results.0.clear(cx.ts, header);
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    attribute::get_str(cx, this, "__qualname__")
}

fn copy(_cx: &Cx, this: Ref<'_>) -> Owned {
    this.own()
}

fn deep_copy(_cx: &Cx, this: Ref<'_>, _memo: Ref<'_>) -> Owned {
    this.own()
}

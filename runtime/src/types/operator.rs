//! `operator.attrgetter`, `itemgetter`, `methodcaller`: functions that ask their argument for something.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript, text};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref, lend};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// The one argument of a call.
fn only<'a>(cx: &Cx, name: &str, args: Args<'a>) -> Outcome<Ref<'a>> {
    if !args.names.is_empty() {
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    match *args.positional {
        [only] => Ok(only),
        ref all => {
            let given = all.len();
            Err(cx.type_error(format!("{name} expected 1 argument, got {given}")))
        }
    }
}

/// What something gives for one thing that is asked for, or a tuple for several.
fn each(cx: &Cx, asked: &[Owned], ask: impl Fn(&Owned) -> Outcome) -> Outcome {
    if let [only] = asked {
        return ask(only);
    }
    let all: Outcome<Vec<Owned>> = asked.iter().map(ask).collect();
    Ok(cx.tuple(all?))
}

/// What was given to the class, as `repr` and pickle need it.
fn given(asked: &[Owned]) -> Vec<Owned> {
    asked.to_vec()
}

fn show(cx: &Cx, this: Ref<'_>, parts: &[Owned], keywords: &[(Owned, Owned)]) -> Outcome {
    let class = cx.class_of(this);
    let name = class.name(cx);
    let module = attribute::get_str(cx, class.as_ref(), "__module__")?;
    let start = format!("{}.{name}(", cx.text_of(module.borrow()));
    text::row(cx, this, (&start, ")"), "...", |out| {
        text::join_reprs(cx, lend(parts).iter().copied(), out)?;
        for (name, value) in keywords {
            *out += &format!(", {}=", cx.text_of(name.borrow()));
            *out += &text::repr_text(cx, value.borrow())?;
        }
        Ok(())
    })
}

fn reduced(cx: &Cx, this: Ref<'_>, args: Vec<Owned>) -> Owned {
    let class = cx.class_of(this).as_ref().own();
    cx.tuple(vec![class, cx.tuple(args)])
}

/// `operator.itemgetter`
pub(crate) struct ItemGetter(Vec<Owned>);

payload!(ItemGetter as ItemGetter, "itemgetter", |this, visit| {
    this.0.iter().for_each(|one| visit(one.borrow()));
});

class! {
    pub(crate) ITEM_GETTER: Boxed<ItemGetter> = "itemgetter" (Object) {
        module "operator";
        doc "itemgetter(item, /, *items) -> a function that gives its argument's items of these keys";
        slots { new: new_item_getter, call: call_item_getter, repr: repr_item_getter }
        /// What pickle needs to make it again.
        method __reduce__ as reduce_item_getter(self, /);
    }
}

fn new_item_getter(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let asked = named(cx, "itemgetter", args)?;
    Ok(payload::new_in(cx, class, ItemGetter(asked)))
}

fn named(cx: &Cx, name: &str, args: Args<'_>) -> Outcome<Vec<Owned>> {
    if !args.names.is_empty() {
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    match args.positional {
        [] => Err(cx.type_error(format!("{name} expected 1 argument, got 0"))),
        all => Ok(all.iter().map(|one| one.own()).collect()),
    }
}

fn call_item_getter(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let ItemGetter(asked) = this.payload().expect("an itemgetter");
    let object = only(cx, "itemgetter", args)?;
    each(cx, asked, |key| subscript::get(cx, object, key.borrow()))
}

fn repr_item_getter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let ItemGetter(asked) = this.payload().expect("an itemgetter");
    show(cx, this, asked, &[])
}

fn reduce_item_getter(cx: &Cx, this: Ref<'_>) -> Owned {
    let ItemGetter(asked) = this.payload().expect("an itemgetter");
    reduced(cx, this, given(asked))
}

/// `operator.attrgetter`
pub(crate) struct AttrGetter(Vec<Owned>);

payload!(AttrGetter as AttrGetter, "attrgetter", |this, visit| {
    this.0.iter().for_each(|one| visit(one.borrow()));
});

class! {
    pub(crate) ATTR_GETTER: Boxed<AttrGetter> = "attrgetter" (Object) {
        module "operator";
        doc "attrgetter(attr, /, *attrs) -> a function that gives its argument's attributes of these names, which may have dots";
        slots { new: new_attr_getter, call: call_attr_getter, repr: repr_attr_getter }
        /// What pickle needs to make it again.
        method __reduce__ as reduce_attr_getter(self, /);
    }
}

fn new_attr_getter(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let asked = named(cx, "attrgetter", args)?;
    if asked
        .iter()
        .any(|name| !cx.is_instance(name.borrow(), TypeId::Str))
    {
        return Err(cx.type_error("attribute name must be a string"));
    }
    Ok(payload::new_in(cx, class, AttrGetter(asked)))
}

fn call_attr_getter(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let AttrGetter(asked) = this.payload().expect("an attrgetter");
    let object = only(cx, "attrgetter", args)?;
    each(cx, asked, |name| {
        let mut found = object.own();
        for part in cx.text_of(name.borrow()).split('.') {
            found = attribute::get_str(cx, found.borrow(), part)?;
        }
        Ok(found)
    })
}

fn repr_attr_getter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let AttrGetter(asked) = this.payload().expect("an attrgetter");
    show(cx, this, asked, &[])
}

fn reduce_attr_getter(cx: &Cx, this: Ref<'_>) -> Owned {
    let AttrGetter(asked) = this.payload().expect("an attrgetter");
    reduced(cx, this, given(asked))
}

/// `operator.methodcaller`
pub(crate) struct MethodCaller {
    /// The name of the method, and its arguments by position.
    parts: Vec<Owned>,
    keywords: Vec<(Owned, Owned)>,
}

payload!(
    MethodCaller as MethodCaller,
    "methodcaller",
    |this, visit| {
        this.parts.iter().for_each(|one| visit(one.borrow()));
        for (name, value) in &this.keywords {
            visit(name.borrow());
            visit(value.borrow());
        }
    }
);

class! {
    pub(crate) METHOD_CALLER: Boxed<MethodCaller> = "methodcaller" (Object) {
        module "operator";
        doc "methodcaller(name, /, *args, **kwargs) -> a function that calls its argument's method of this name";
        slots { new: new_method_caller, call: call_method_caller, repr: repr_method_caller }
        /// What pickle needs to make it again.
        method __reduce__ as reduce_method_caller(self, /);
    }
}

fn new_method_caller(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let Some(name) = args.get(0) else {
        let message = "methodcaller needs at least one argument, the method name";
        return Err(cx.type_error(message));
    };
    if name.downcast::<Str>().is_none() {
        return Err(cx.type_error("method name must be a string"));
    }
    let keywords = args.names.iter().zip(args.keywords);
    let made = MethodCaller {
        parts: args.positional.iter().map(|one| one.own()).collect(),
        keywords: keywords
            .map(|(name, value)| (name.own(), value.own()))
            .collect(),
    };
    Ok(payload::new_in(cx, class, made))
}

fn call_method_caller(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let caller: &MethodCaller = this.payload().expect("a methodcaller");
    let object = only(cx, "methodcaller", args)?;
    let name = cx.text_of(caller.parts[0].borrow());
    let method = attribute::get_str(cx, object, name)?;
    let names: Vec<Ref<'_>> = caller
        .keywords
        .iter()
        .map(|(name, _)| name.borrow())
        .collect();
    let values: Vec<Ref<'_>> = caller
        .keywords
        .iter()
        .map(|(_, value)| value.borrow())
        .collect();
    let args = Args {
        positional: lend(&caller.parts[1..]),
        names: &names,
        keywords: &values,
    };
    cx.call(method.borrow(), args)
}

fn repr_method_caller(cx: &Cx, this: Ref<'_>) -> Outcome {
    let caller: &MethodCaller = this.payload().expect("a methodcaller");
    show(cx, this, &caller.parts, &caller.keywords)
}

fn reduce_method_caller(cx: &Cx, this: Ref<'_>) -> Outcome {
    let caller: &MethodCaller = this.payload().expect("a methodcaller");
    if caller.keywords.is_empty() {
        return Ok(reduced(cx, this, given(&caller.parts)));
    }
    // The class with the names is a function that takes the rest.
    let partial = partial(cx)?;
    let class = cx.class_of(this).as_ref().own();
    let names: Vec<Ref<'_>> = caller
        .keywords
        .iter()
        .map(|(name, _)| name.borrow())
        .collect();
    let values: Vec<Ref<'_>> = caller
        .keywords
        .iter()
        .map(|(_, value)| value.borrow())
        .collect();
    let positional = [class.borrow(), caller.parts[0].borrow()];
    let args = Args {
        positional: &positional,
        names: &names,
        keywords: &values,
    };
    let made = cx.call(partial.borrow(), args)?;
    Ok(cx.tuple(vec![made, cx.tuple(given(&caller.parts[1..]))]))
}

/// `functools.partial`
fn partial(cx: &Cx) -> Outcome {
    let import = attribute::in_dict(cx, cx.world().builtins(), cx.intern("__import__"))?;
    let import = import.unwrap_or(Owned::NONE);
    let module = cx.call(
        import.borrow(),
        Args::positional(&[cx.intern("_functools")]),
    )?;
    attribute::get_str(cx, module.borrow(), "partial")
}

/// `operator._compare_digest`
pub(crate) fn digest(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome<bool> {
    let texts = left.downcast::<Str>().zip(right.downcast::<Str>());
    let (left, right) = match texts {
        Some((left, right)) if left.as_str().is_ascii() && right.as_str().is_ascii() => (
            left.as_str().as_bytes().to_vec(),
            right.as_str().as_bytes().to_vec(),
        ),
        Some(_) => {
            let message = "comparing strings with non-ASCII characters is not supported";
            return Err(cx.type_error(message));
        }
        None => (bytes(cx, left)?, bytes(cx, right)?),
    };
    let differs = left
        .iter()
        .zip(&right)
        .fold(0, |differs, (one, other)| differs | (one ^ other));
    Ok(left.len() == right.len() && differs == 0)
}

fn bytes(cx: &Cx, value: Ref<'_>) -> Outcome<Vec<u8>> {
    match crate::types::bytes::data(cx, value) {
        Some(bytes) => Ok(bytes),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("a bytes-like object is required, not '{kind}'")))
        }
    }
}

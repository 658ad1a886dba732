//! `itertools.groupby`.

use super::{change, construct, look, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, iterate};
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Runs of items with the same key.
pub(crate) struct GroupBy {
    iterator: Owned,
    /// Nothing where items are their own keys.
    function: Option<Owned>,
    state: Guarded<State>,
}

#[derive(Default)]
struct State {
    /// The key of the group that was given last.
    target: Option<Owned>,
    /// The key of the item that was read last.
    key: Option<Owned>,
    /// That item, until a group has given it.
    item: Option<Owned>,
    /// Which group is the present one: those before it are over.
    group: u64,
}

impl State {
    fn parts(&self) -> impl Iterator<Item = &Owned> {
        self.target.iter().chain(&self.key).chain(&self.item)
    }
}

payload!(
    GroupBy as GroupBy,
    "groupby",
    |this, visit| {
        visit(this.iterator.borrow());
        this.function.iter().for_each(|one| visit(one.borrow()));
        this.state
            .alone(|state| state.parts().for_each(|one| visit(one.borrow())));
    },
    |gone, ts, object| drop(gone.state.with(ts, object, std::mem::take))
);

class! {
    pub(crate) GROUP_BY: Boxed<GroupBy> = "groupby" (Object) {
        module "itertools";
        doc "Pairs of a key and an iterator over the items next to each other that have it.\n\nThe iterators share their source: one is over when the next pair is asked for.";
        slots { new: new, iter: itself, next: next }
    }
}

const MAKE: Function = function!(true, "groupby", "", make, (self, iterable, key = None));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, iterable: Ref<'_>, function: Option<Owned>) -> Outcome {
    let made = GroupBy {
        iterator: iterate::iter(cx, iterable)?,
        function,
        state: Guarded::new("groupby", State::default()),
    };
    Ok(payload::new_in(cx, class, made))
}

/// Reads one more item; says whether there was one.
fn read(cx: &Cx, groups: &GroupBy, header: &Header) -> Outcome<bool> {
    let Some(item) = iterate::next(cx, groups.iterator.borrow())? else {
        return Ok(false);
    };
    let key = match &groups.function {
        None => item.clone(),
        Some(function) => cx.call(function.borrow(), Args::positional(&[item.borrow()]))?,
    };
    drop(change(cx, header, &groups.state, |state| {
        (state.item.replace(item), state.key.replace(key))
    }));
    Ok(true)
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (groups, header) = parts::<GroupBy>(this);
    change(cx, header, &groups.state, |state| state.group += 1);
    loop {
        let (key, target) = look(cx, header, &groups.state, |state| {
            (state.key.clone(), state.target.clone())
        });
        let is_new = match (&key, &target) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(key), Some(target)) => !compare::same(cx, target.borrow(), key.borrow())?,
        };
        if is_new {
            break;
        }
        if !read(cx, groups, header)? {
            return Ok(None);
        }
    }
    let (begun, old) = change(cx, header, &groups.state, |state| {
        let key = state.key.clone();
        let old = std::mem::replace(&mut state.target, key.clone());
        (key.zip(Some(state.group)), old)
    });
    drop(old);
    let Some((key, number)) = begun else {
        return Ok(None);
    };
    let grouper = Grouper {
        parent: this.own(),
        key: key.clone(),
        number,
    };
    Ok(Some(cx.pair(key, payload::new(cx, grouper))))
}

/// The items of one group.
pub(crate) struct Grouper {
    parent: Owned,
    key: Owned,
    number: u64,
}

payload!(Grouper as Grouper, "_grouper", |this, visit| {
    visit(this.parent.borrow());
    visit(this.key.borrow());
});

class! {
    pub(crate) GROUPER: Boxed<Grouper> = "_grouper" (Object) {
        module "itertools";
        sealed;
        slots { new: new_grouper, iter: itself, next: next_of_group }
    }
}

const GROUP: Function = function!(true, "_grouper", "", make_grouper, (self, parent, tgtkey, /));

fn new_grouper(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &GROUP, class, args)
}

fn make_grouper(cx: &Cx, _class: &Class, parent: Ref<'_>, key: Owned) -> Outcome {
    let Some(groups) = parent.payload::<GroupBy>() else {
        let kind = cx.type_name(parent);
        return Err(cx.type_error(format!(
            "_grouper() argument 1 must be itertools.groupby, not {kind}"
        )));
    };
    let (_, header) = parts::<GroupBy>(parent);
    let number = look(cx, header, &groups.state, |state| state.group);
    let parent = parent.own();
    Ok(payload::new(
        cx,
        Grouper {
            parent,
            key,
            number,
        },
    ))
}

fn next_of_group(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (group, _) = parts::<Grouper>(this);
    let (groups, header) = parts::<GroupBy>(group.parent.borrow());
    let present = |state: &State| state.group == group.number;
    match look(cx, header, &groups.state, |state| {
        present(state).then(|| state.item.is_some())
    }) {
        None => return Ok(None),
        Some(false) if !read(cx, groups, header)? => return Ok(None),
        Some(_) => {}
    }
    let key = look(cx, header, &groups.state, |state| state.key.clone());
    let Some(key) = key else {
        return Ok(None);
    };
    if !compare::same(cx, group.key.borrow(), key.borrow())? {
        return Ok(None);
    }
    Ok(change(cx, header, &groups.state, |state| {
        if present(state) {
            state.item.take()
        } else {
            None
        }
    }))
}

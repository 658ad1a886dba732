//! What a step did, with its places, values and orders marked.

use maud::{Markup, html};
use reports::trace::Action;

/// The step in words.
pub(super) fn action(action: &Action) -> Markup {
    match action {
        Action::Load {
            place,
            value,
            order,
        } => html! {
            "load " (name(place)) " \u{2192} " (self::value(value)) (self::order(order))
        },
        Action::Store {
            place,
            value,
            order,
        } => html! {
            "store " (name(place)) " = " (self::value(value)) (self::order(order))
        },
        Action::Update {
            place,
            operation,
            old,
            new,
            order,
        } => html! {
            (operation.replace("compare_exchange", "CAS")) " " (name(place)) ": "
            (value(old)) " \u{21d2} " (value(new)) (self::order(order))
        },
        Action::Failed {
            place,
            expected,
            found,
            order,
        } => html! {
            "CAS " (name(place)) " fails: expected " (value(expected)) ", found " (value(found)) (self::order(order))
        },
        Action::Fence { order } => html! { "fence" (self::order(order)) },
        Action::Read { place } => html! { "read " (name(place)) },
        Action::Write { place } => html! { "write " (name(place)) },
        other => rarer(other),
    }
}

/// What touches no word.
fn rarer(action: &Action) -> Markup {
    match action {
        Action::Alloc { block, size } => html! { "allocate " (name(block)) ", " (size) " bytes" },
        Action::Free { block } => html! { "free " (name(block)) },
        Action::Acquired { lock } => html! { "lock " (name(lock)) },
        Action::Released { lock } => html! { "unlock " (name(lock)) },
        Action::Park { key } => html! { "sleep on " (name(key)) },
        Action::Woke { key, reason } => html! { "wake up from " (name(key)) ": " (reason) },
        Action::Unpark { key, woken } => html! { "wake " (woken) " that sleep on " (name(key)) },
        Action::Spawn { thread } => html! { "start " (thread) },
        Action::Join { thread } => html! { "join " (thread) },
        Action::Begin { operation } => html! { b { (operation) } },
        Action::End { operation, .. } => html! { "end of " (operation) },
        Action::Broke { claim, .. } => html! { "broken: " (claim) },
        _ => html! {},
    }
}

fn name(text: &str) -> Markup {
    html! { code.place { (text) } }
}

fn value(text: &str) -> Markup {
    html! { code.value { (text) } }
}

fn order(text: &str) -> Markup {
    let class = if text == "Relaxed" {
        "order weak"
    } else {
        "order"
    };
    html! { " " span class=(class) { (text) } }
}

/// The object that a place belongs to: `dict#1` for `dict#1.keys`.
pub(super) fn object(place: &str) -> &str {
    place.split(['.', '[', ' ']).next().unwrap_or(place)
}

/// The value that a step wrote, and the one that it found before, where they are known.
pub(super) fn values(action: &Action) -> (Option<&str>, Option<&str>) {
    match action {
        Action::Store { value, .. } => (Some(value), None),
        Action::Update { old, new, .. } => (Some(new), Some(old)),
        Action::Load { value, .. } => (None, Some(value)),
        Action::Failed { found, .. } => (None, Some(found)),
        _ => (None, None),
    }
}

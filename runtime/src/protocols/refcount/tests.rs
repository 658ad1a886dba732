//! The transitions, one thread at a time.

use super::*;

fn id(number: u32) -> ThreadId {
    ThreadId::new(number).expect("numbers start at 1")
}

#[test]
fn the_words_take_sixteen_bytes() {
    assert_eq!(size_of::<RefCount>(), 16);
}

#[test]
fn the_owner_counts_locally() {
    let count = RefCount::new(id(1));
    count.incref(id(1));
    assert_eq!(count.snapshot().local, 2);
    assert!(!count.is_uniquely_referenced(id(1)));
    assert_eq!(count.decref(id(1)), Decref::Alive);
    assert!(count.is_uniquely_referenced(id(1)));
    assert!(!count.is_uniquely_referenced(id(2)));
    count.set_maybe_weakref();
    assert!(!count.is_uniquely_referenced(id(1)));
    assert_eq!(count.decref(id(1)), Decref::Dead);
}

#[test]
fn a_drop_of_an_owners_reference_queues_once() {
    let count = RefCount::new(id(1));
    count.incref(id(1));
    assert_eq!(count.decref(id(2)), Decref::Queue);
    assert_eq!(count.decref(id(2)), Decref::Alive);
    assert_eq!(count.snapshot().total(), 1);
    assert_eq!(count.merge(-1), Merged::Dead);
}

#[test]
fn a_drop_queues_whether_or_not_others_read_without_a_lock() {
    let count = RefCount::new(id(1));
    count.set_maybe_weakref();
    assert_eq!(count.decref(id(2)), Decref::Queue);
    assert_eq!(count.merge(-1), Merged::Dead);
}

#[test]
fn the_last_drop_after_a_merge_finds_the_object_dead() {
    let count = RefCount::new(id(1));
    count.incref(id(2));
    assert_eq!(count.decref(id(1)), Decref::Alive);
    let merged = count.snapshot();
    assert_eq!(
        (merged.owner, merged.local, merged.state),
        (None, 0, State::Merged)
    );
    assert_eq!(count.decref(id(2)), Decref::Dead);
    assert_eq!(count.try_incref(id(2)), TryIncref::Refused);
}

#[test]
fn a_merged_object_can_be_merged_again() {
    let count = RefCount::new(id(1));
    assert_eq!(count.merge(1), Merged::Alive(2));
    assert_eq!(count.merge(-1), Merged::Alive(1));
    assert_eq!(count.merge(-1), Merged::Dead);
}

#[test]
fn an_owner_that_found_its_object_dead_cannot_take_it_again() {
    let count = RefCount::new(id(1));
    assert_eq!(count.decref(id(1)), Decref::Dead);
    assert_eq!(count.try_incref(id(1)), TryIncref::Refused);
}

#[test]
fn others_need_the_lock_once_before_they_read_without() {
    let count = RefCount::new(id(1));
    assert_eq!(count.try_incref(id(1)), TryIncref::Taken);
    assert_eq!(count.try_incref(id(2)), TryIncref::Refused);
    count.new_ref_with_lock(id(2));
    assert_eq!(count.snapshot().state, State::Weakrefs);
    assert_eq!(count.try_incref(id(2)), TryIncref::Taken);
    assert_eq!(count.snapshot().total(), 4);
    count.set_maybe_weakref();
    assert_eq!(count.snapshot().state, State::Weakrefs);
}

#[test]
fn a_read_of_a_place_that_changed_gives_its_reference_back() {
    let count = RefCount::new(id(1));
    count.set_maybe_weakref();
    assert_eq!(count.try_read(id(2), || true), TryRead::Taken);
    assert_eq!(
        count.try_read(id(2), || false),
        TryRead::Moved(Decref::Alive)
    );
    assert_eq!(count.snapshot().total(), 2);
}

#[test]
fn an_immortal_object_is_never_counted() {
    let count = RefCount::new(id(1));
    count.incref(id(2));
    assert_eq!(count.set_immortal(id(2)), Immortalized::Refused);
    assert_eq!(count.set_immortal(id(1)), Immortalized::Done);
    let before = count.snapshot();
    count.incref(id(1));
    assert_eq!(count.decref(id(2)), Decref::Alive);
    assert_eq!(count.try_incref(id(3)), TryIncref::Taken);
    assert_eq!(count.snapshot(), before);
    assert_eq!(count.decref_shared(), Decref::Alive);
    assert!(matches!(count.merge(-1), Merged::Alive(_)));
    assert!(count.is_immortal() && RefCount::immortal().is_immortal());
}

#[test]
fn a_finalizer_that_keeps_nothing_leaves_the_object_dead() {
    let count = RefCount::new(id(1));
    assert_eq!(count.merge(-1), Merged::Dead);
    count.resurrect_start(id(2));
    assert_eq!(count.owner(), Some(id(2)));
    assert_eq!(count.try_incref(id(3)), TryIncref::Refused);
    assert_eq!(count.resurrect_end(id(2)), Resurrected::Dead);
}

#[test]
fn what_escapes_from_a_finalizer_is_not_the_last_reference_while_it_runs() {
    let count = RefCount::new(id(1));
    assert_eq!(count.merge(-1), Merged::Dead);
    count.resurrect_start(id(2));
    count.incref(id(3));
    assert_eq!(count.decref(id(3)), Decref::Alive);
    assert_eq!(count.resurrect_end(id(2)), Resurrected::Dead);
}

#[test]
fn a_finalizer_that_keeps_a_reference_starts_a_new_life() {
    let count = RefCount::new(id(1));
    assert_eq!(count.decref(id(1)), Decref::Dead);
    count.resurrect_start(id(1));
    count.incref(id(2));
    assert_eq!(count.resurrect_end(id(1)), Resurrected::Alive);
    assert_eq!(count.decref(id(2)), Decref::Dead);
}

#[test]
fn a_block_can_be_renewed() {
    let count = RefCount::new(id(1));
    assert_eq!(count.merge(-1), Merged::Dead);
    count.renew(id(2));
    assert!(count.is_uniquely_referenced(id(2)));
}

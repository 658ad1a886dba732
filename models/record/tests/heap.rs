//! The model heap: what is wrong with blocks, and what the report says about them.

mod common;

use std::sync::atomic::Ordering;

use common::{begin, failure, here, number, on, request};
use record::event::{Event, Form, Place, Word};
use record::{event, execution, heap, memory};
use reports::failure::{Failure, FailureKind};
use reports::shown::Told;
use reports::trace::{Action, Step};

fn alloc(name: &'static str, size: usize) -> usize {
    memory::alloc(request(name, size), here()).addr().get()
}

fn kind(failure: Option<&Failure>) -> Option<FailureKind> {
    failure.map(|failure| failure.kind)
}

#[test]
fn a_touch_after_free_fails_and_tells_the_block_s_story() {
    let failure = failure(|| {
        let block = alloc("keys", 64);
        memory::free(block, here());
        memory::touch(block + 8, here());
    });
    assert_eq!(kind(failure.as_ref()), Some(FailureKind::UseAfterFree));
    let failure = failure.expect("it failed");
    assert!(
        failure
            .detail
            .starts_with("`keys#1` is touched at models/record/tests/heap.rs:")
    );
    assert_eq!(failure.trace.blocks[0].history.len(), 2);
}

#[test]
fn what_lies_behind_a_block_is_not_the_block() {
    let failure = failure(|| {
        let block = alloc("keys", 64);
        memory::free(block, here());
        memory::touch(block + 64, here());
        memory::touch(block.wrapping_sub(1), here());
    });
    assert_eq!(failure.map(|failure| failure.detail), None);
}

#[test]
fn a_free_that_no_order_puts_after_a_touch_fails() {
    let failure = failure(|| {
        let block = alloc("keys", 64);
        for thread in [1, 2] {
            on(0);
            let made = memory::teach();
            on(thread);
            memory::learn(&made);
        }
        on(1);
        memory::touch(block, here());
        on(2);
        memory::free(block, here());
    });
    assert_eq!(kind(failure.as_ref()), Some(FailureKind::UseAfterFree));
}

#[test]
fn a_touch_of_an_unpublished_block_fails_and_names_the_allocation() {
    let failure = failure(|| {
        on(1);
        let block = alloc("keys", 64);
        memory::fence(Ordering::Release, here());
        on(2);
        memory::touch(block, here());
    });
    assert_eq!(kind(failure.as_ref()), Some(FailureKind::DataRace));
    let failure = failure.expect("it failed");
    let allocated = failure.trace.blocks[0].history[0].at.to_string();
    assert!(failure.detail.ends_with(&allocated), "{failure:#?}");
}

#[test]
fn a_second_free_fails() {
    let failure = failure(|| {
        let block = alloc("keys", 64);
        memory::free(block, here());
        memory::free(block, here());
    });
    assert_eq!(kind(failure.as_ref()), Some(FailureKind::DoubleFree));
}

#[test]
fn only_the_start_of_a_block_can_be_freed() {
    let failure = failure(|| {
        let block = alloc("keys", 64);
        memory::free(block + 8, here());
    });
    assert_eq!(kind(failure.as_ref()), Some(FailureKind::DoubleFree));
}

#[test]
fn a_live_block_at_the_end_is_a_leak_with_its_label() {
    let failure = failure(|| {
        let block = alloc("dict", 64);
        heap::label(block, "config");
        execution::finish();
    });
    assert_eq!(kind(failure.as_ref()), Some(FailureKind::Leak));
    let detail = failure.expect("it failed").detail;
    assert!(
        detail.contains("`config`, allocated by main at"),
        "{detail}"
    );
}

#[test]
fn freed_bytes_are_inverted_and_addresses_come_back_only_in_the_next_execution() {
    begin();
    let first = alloc("keys", 64);
    let byte = std::ptr::with_exposed_provenance_mut::<u8>(first);
    // SAFETY: the block is live.
    unsafe { byte.write(0x0F) };
    memory::free(first, here());
    // SAFETY: freed blocks stay mapped while the execution lasts.
    assert_eq!(unsafe { byte.read() }, 0xF0);
    assert_ne!(alloc("keys", 64), first);
    begin();
    assert_eq!(alloc("keys", 64), first);
    // SAFETY: the block is live, and zeroed.
    assert_eq!(unsafe { byte.read() }, 0);
    execution::end();
}

#[test]
fn a_block_larger_than_a_chunk_is_found() {
    begin();
    let small = alloc("small", 16);
    let large = alloc("large", 3 << 20);
    assert_eq!(heap::serial(small), 1);
    assert_eq!(heap::serial(large + (2 << 20)), 2);
    assert_eq!(heap::serial(large + (3 << 20)), 0);
    execution::end();
}

#[test]
fn the_walk_sees_live_objects_of_its_heap_in_order() {
    begin();
    let blocks = ["a", "b", "c"].map(|name| alloc(name, 32));
    memory::free(blocks[1], here());
    let seen: Vec<usize> = heap::objects(1)
        .iter()
        .map(|block| block.addr().get())
        .collect();
    assert_eq!(seen, [blocks[0], blocks[2]]);
    assert!(heap::objects(2).is_empty());
    execution::end();
}

/// As a facade's atomic: it keeps its name.
#[expect(dead_code, reason = "the recorder looks at the bytes")]
struct Named(&'static str, u64);

#[test]
fn values_and_places_have_names() {
    let failure = failure(|| {
        let items = alloc("items", 3 * size_of::<Named>());
        let first = std::ptr::with_exposed_provenance_mut::<Named>(items);
        let all: [usize; 3] = std::array::from_fn(|index| {
            // SAFETY: the block has room for three.
            let slot = unsafe { first.add(index) };
            // SAFETY: as above.
            unsafe { slot.write(Named("item", 0)) };
            slot.addr()
        });
        let place = Place {
            address: all[2],
            name: "item",
            serial: memory::atomic(),
        };
        let value = Word {
            bits: items as u64,
            form: Form::Pointer,
        };
        memory::store(place, value, Ordering::Release, here());
        memory::store(place, number(u64::MAX), Ordering::Relaxed, here());
        for bits in [(-3_i64 << 1 | 1).cast_unsigned(), 2 << 3 | 0b10, 9 << 3] {
            let form = Form::Pointer;
            memory::store(place, Word { bits, form }, Ordering::Relaxed, here());
        }
        event::push(
            Event::Unpark {
                key: all[2],
                woken: 0,
            },
            here(),
        );
        execution::finish();
    });
    let steps = failure.expect("the block leaks").trace.steps;
    let actions: Vec<&Action> = steps.iter().map(|step| &step.action).collect();
    let store = |value: &str, order: &str| Action::Store {
        place: "items#1.item[2]".to_owned(),
        value: value.to_owned(),
        order: order.to_owned(),
    };
    assert!(
        actions.contains(&&store("items#1", "Release")),
        "{actions:#?}"
    );
    for value in ["18446744073709551615", "-3", "True", "pointer#1"] {
        assert!(
            actions.contains(&&store(value, "Relaxed")),
            "{value}: {actions:#?}"
        );
    }
    let key = "items#1.item[2]".to_owned();
    assert!(actions.contains(&&Action::Unpark { key, woken: 0 }));
}

#[test]
fn a_call_shows_what_it_was_given_and_what_it_gave_back() {
    let failure = failure(|| {
        let node = memory::alloc(request("node", 16), here());
        on(1);
        let (operation, given) = ("list.set", Told::of(&(1_usize, node)));
        event::push(Event::Begin { operation, given }, here());
        let result = Told::of(&Ok::<_, ()>(None::<bool>));
        event::push(Event::End { operation, result }, here());
        record::fail(FailureKind::Claim, "a claim", "a value");
    });
    let failure = failure.expect("it failed");
    let calls: Vec<String> = failure.trace.steps.iter().filter_map(told).collect();
    assert_eq!(calls, ["list.set(1, node#1)", "list.set -> nothing"]);
}

fn told(step: &Step) -> Option<String> {
    match &step.action {
        Action::Begin { operation } => Some(operation.clone()),
        Action::End { operation, result } => Some(format!(
            "{operation} -> {}",
            result.as_deref().unwrap_or("?")
        )),
        _ => None,
    }
}

//! Which access, or which missing fence, a report blames for what two steps did not know of each other.

use reports::trace::Write;

use crate::story::{Story, newest, read, says, says_nothing_of};

#[test]
fn a_read_without_order_is_blamed_on_the_side_that_lacks_it() {
    let blamed = |store: &str, load: &str| {
        let story = Story::published(store);
        story.load(2, "flag", load, newest(2, &[])).misses().text()
    };
    says(
        &blamed("Relaxed", "Acquire"),
        "learns nothing from it: step 2 releases nothing",
    );
    says(
        &blamed("Release", "Relaxed"),
        "learns nothing from it: step 3 acquires nothing",
    );
    let both = "learns nothing from it: step 2 releases nothing, step 3 acquires nothing";
    says(&blamed("Relaxed", "Relaxed"), both);
}

#[test]
fn the_access_that_lacks_one_side_is_blamed_first() {
    let mut story = Story::new().store(1, "data", "7", "Relaxed");
    for (order, place) in [
        ("Relaxed", "count"),
        ("Release", "flag"),
        ("Relaxed", "sum"),
    ] {
        story = story.store(1, place, "1", order);
    }
    for (write, place) in [(2, "count"), (3, "flag"), (4, "sum")] {
        story = story.load(2, place, "Relaxed", newest(write, &[]));
    }
    let text = story.misses().text();
    let blamed = |words: &str| text.find(words).unwrap_or(usize::MAX);
    assert!(
        blamed("step 6 acquires nothing") < blamed("step 4 releases nothing"),
        "{text}"
    );
    says(&text, "step 4 releases nothing, step 7 acquires nothing");
    says_nothing_of(&text, "step 2 releases nothing");
}

#[test]
fn fences_release_and_acquire_too() {
    let story = Story::new()
        .store(1, "data", "7", "Relaxed")
        .fence(1, "Release", &[]);
    let story = story.store(1, "flag", "1", "Relaxed");
    let text = story
        .load(2, "flag", "Relaxed", newest(3, &[]))
        .misses()
        .text();
    says(&text, "learns nothing from it: step 4 acquires nothing");

    let story = Story::published("Relaxed").load(2, "flag", "Relaxed", newest(2, &[]));
    let text = story.fence(2, "Acquire", &[]).misses().text();
    says(&text, "learns nothing from it: step 2 releases nothing");
    says_nothing_of(&text, "acquires nothing");
}

#[test]
fn where_no_value_passed_no_access_is_blamed() {
    let text = Story::published("Release").misses().text();
    says(
        &text,
        "no value passes from T1 after step 1 to T2 before step 3",
    );
    says_nothing_of(&text, "learns nothing");
}

#[test]
fn a_value_blames_only_where_it_comes_from_the_write_and_gets_to_the_read() {
    // The flag is older than the data.
    let story = Story::new()
        .store(1, "flag", "1", "Relaxed")
        .store(1, "data", "7", "Relaxed");
    let story = story.load(2, "flag", "Relaxed", newest(1, &[]));
    let missed = read(Write::Initial, Write::Step(2), &[]);
    let text = story.load(2, "data", "Relaxed", missed).text();
    says(
        &text,
        "no value passes from T1 after step 2 to T2 before step 4",
    );

    // T3 takes the flag after the last that T2 hears of it.
    let story = Story::published("Relaxed").store(3, "go", "1", "Release");
    let story = story.load(2, "go", "Acquire", newest(3, &[3]));
    let text = story
        .load(3, "flag", "Relaxed", newest(2, &[]))
        .misses()
        .text();
    says(
        &text,
        "no value passes from T1 after step 1 to T2 before step 6",
    );
}

#[test]
fn every_edge_that_is_missing_on_a_way_is_named() {
    let story = Story::published("Relaxed").load(3, "flag", "Relaxed", newest(2, &[]));
    let story = story.store(3, "go", "1", "Relaxed");
    let text = story
        .load(2, "go", "Acquire", newest(4, &[]))
        .misses()
        .text();
    says(&text, "step 2 releases nothing, step 3 acquires nothing");
    says(&text, "learns nothing from it: step 4 releases nothing");
}

/// Each of T1 and T2 writes a place and then reads the other's; the fences of this order stand between.
fn buffered(first: Option<&str>, second: Option<&str>) -> Story {
    let fence = |story: Story, thread, order: Option<&str>| match order {
        Some(order) => story.fence(thread, order, &[]),
        None => story,
    };
    let written = |mut story: Story| {
        let memory = story
            .0
            .steps
            .last_mut()
            .and_then(|step| step.memory.as_mut());
        memory.expect("a store").coherence = Some(1);
        story
    };
    let story = fence(
        written(Story::new().store(1, "left", "1", "Relaxed")),
        1,
        first,
    );
    let story = story.load(
        1,
        "right",
        "Relaxed",
        read(Write::Initial, Write::Initial, &[]),
    );
    let story = fence(written(story.store(2, "right", "1", "Relaxed")), 2, second);
    story.load(
        2,
        "left",
        "Relaxed",
        read(Write::Initial, Write::Step(1), &[]),
    )
}

#[test]
fn store_buffering_wants_a_fence_where_there_is_none() {
    let text = buffered(None, None).text();
    says(
        &text,
        "step 2 at a/mp.rs:2 does not see step 3 at a/mp.rs:3 either: no SeqCst fence",
    );
    says(
        &text,
        "stands between steps 1 and 2 and between steps 3 and 4",
    );
    let text = buffered(Some("SeqCst"), Some("AcqRel")).text();
    says(&text, "no SeqCst fence stands between steps 4 and 6");
    let text = buffered(Some("Release"), Some("SeqCst")).text();
    says(&text, "no SeqCst fence stands between steps 1 and 3");
    says_nothing_of(
        &buffered(Some("SeqCst"), Some("SeqCst")).text(),
        "does not see",
    );
}

#[test]
fn store_buffering_is_only_told_of_where_the_other_read_missed_something() {
    let mut story = buffered(None, None);
    story.0.steps[2].memory = None;
    says_nothing_of(&story.text(), "does not see");
    // Another place.
    let mut story = buffered(None, None);
    story.0.steps[1].action = story.0.steps[3].action.clone();
    says_nothing_of(&story.text(), "does not see");
    // The read comes before the write of its thread.
    let mut story = buffered(None, None);
    story.0.steps.swap(0, 1);
    for (at, step) in story.0.steps.iter_mut().enumerate() {
        step.number = at + 1;
    }
    story.0.steps[3].memory = Some(read(Write::Initial, Write::Step(2), &[]));
    let text = story.text();
    says(&text, "step 4 could miss step 2");
    says_nothing_of(&text, "does not see");
    // The other read saw the write.
    let mut story = buffered(None, None);
    story.0.steps[1].memory = Some(read(Write::Step(3), Write::Step(3), &[]));
    says_nothing_of(&story.text(), "does not see");
}

#[test]
fn the_cycle_that_lacks_one_fence_is_told_of_and_not_the_one_that_lacks_two() {
    let mut story = buffered(Some("SeqCst"), None);
    let early = story.0.steps[2].clone();
    story.0.steps.insert(1, early);
    for (at, step) in story.0.steps.iter_mut().enumerate() {
        step.number = at + 1;
    }
    says(
        &story.text(),
        "no SeqCst fence stands between steps 5 and 6",
    );
}

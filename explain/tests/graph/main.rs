//! What a report says when a world explores graphs: reads-from, coherence order, happens-before.

mod blame;
mod story;

use reports::report::Report;
use reports::trace::{Action, Coherence, Memory, Write};

use story::{Story, newest, read, says, says_nothing_of};

#[test]
fn a_stale_read_names_the_step_and_line_that_it_missed() {
    let text = Story::published("Relaxed").misses().text();
    says(
        &text,
        "(Relaxed), the initial value; step 1 (mp.rs:1) had written 7",
    );
    says(
        &text,
        "step 3 could miss step 1, which does not happen before it",
    );
}

#[test]
fn a_value_of_a_write_that_is_not_shown_is_not_called_old() {
    let hidden = read(Write::Hidden, Write::Step(1), &[]);
    let text = Story::published("Relaxed")
        .load(2, "data", "Relaxed", hidden)
        .text();
    says_nothing_of(&text, "had written");
}

#[test]
fn a_loop_that_misses_one_write_is_told_of_once() {
    let mut story = Story::published("Relaxed").misses().misses();
    story.0.steps[2].at = story.0.steps[3].at.clone();
    let text = story.text();
    says_nothing_of(&text, "step 3 could miss");
    says(&text, "step 4 could miss step 1");
}

#[test]
fn what_happened_before_is_known() {
    let story = Story::new().store(1, "start", "1", "Release");
    let story = story.load(2, "start", "Acquire", newest(1, &[1]));
    let story = story.store(1, "data", "7", "Relaxed");
    let text = story
        .load(
            2,
            "data",
            "Relaxed",
            read(Write::Initial, Write::Step(3), &[]),
        )
        .text();
    says(&text, "(Acquire), from and after step 1");
    says(&text, "knows of T1 up to step 1 at a/mp.rs:1");
}

#[test]
fn starting_and_joining_a_thread_order() {
    let spawn = Action::Spawn {
        thread: "T1".to_owned(),
    };
    let join = Action::Join {
        thread: "T1".to_owned(),
    };
    let conflict = |story: Story, pair: [usize; 2]| {
        let mut story = story;
        story.0.conflict = pair.to_vec();
        story.text()
    };
    let started = Story::new()
        .step(0, spawn, None)
        .store(0, "x", "1", "Relaxed");
    let text = conflict(started.store(1, "x", "2", "Relaxed"), [2, 3]);
    says(&text, "knows of main up to step 1 at");

    // What T1 knew of T2 is main's once T1 has ended.
    let told = Story::new().store(2, "go", "1", "Release");
    let told = told.load(1, "go", "Acquire", newest(1, &[1]));
    let joined = told.step(0, join, None).store(2, "x", "1", "Relaxed");
    let text = conflict(joined.store(0, "x", "2", "Relaxed"), [4, 5]);
    says(&text, "knows of T2 up to step 1 at");
}

#[test]
fn what_a_join_told_is_not_told_again() {
    let join = Action::Join {
        thread: "T1".to_owned(),
    };
    let story = Story::new().store(1, "x", "1", "Release");
    let news = story
        .clone()
        .load(0, "x", "Acquire", newest(1, &[1]))
        .text();
    says(&news, "from and after step 1");
    let joined = story.step(0, join, None);
    let text = joined.load(0, "x", "Acquire", newest(1, &[1])).text();
    says(&text, "(Acquire), from step 1");
}

#[test]
fn a_conflict_of_one_step_is_with_the_one_that_broke_the_rule() {
    let broke = || Action::Broke {
        claim: "It is.".to_owned(),
        detail: "data is old".to_owned(),
    };
    let write = Action::Write {
        place: "data".to_owned(),
    };
    let mut story = Story::new().step(1, write, Some(Memory::default()));
    story.0.conflict = vec![1];
    let read = Action::Read {
        place: "data".to_owned(),
    };
    let mut logged = story.clone().step(2, read, None).step(2, broke(), None);
    says(
        &logged.clone().text(),
        "step 3, T2 at a/mp.rs:3: the access that breaks",
    );
    logged.0.steps[2].at = logged.0.steps[1].at.clone();
    let text = story.step(2, broke(), None).text();
    says(&text, "nothing orders step 1 and step 2");
    says(
        &text,
        "step 2, T2 at a/mp.rs:2: the access that breaks the rule; knows nothing of T1",
    );
    let text = logged.text();
    says(
        &text,
        "step 2, T2 at a/mp.rs:2: read data; knows nothing of T1",
    );
}

#[test]
fn a_conflict_that_is_ordered_says_so() {
    let mut story = Story::published("Release").load(2, "flag", "Acquire", newest(2, &[2]));
    story = story.store(2, "data", "8", "Relaxed");
    story.0.conflict = vec![4, 1];
    let text = story.clone().text();
    says(
        &text,
        "step 4 is ordered after step 1, but not after what was made behind it",
    );
    says(&text, "store data = 8 (Relaxed); knows of T1 up to step 2");
    says_nothing_of(&text, "no value passes");
    for pair in [[4, 4], [1, 2]] {
        story.0.conflict = pair.to_vec();
        says_nothing_of(&story.clone().text(), "made behind");
    }
}

#[test]
fn a_write_that_ran_later_and_is_older_says_so() {
    let mut story = Story::new()
        .store(1, "word", "1", "Relaxed")
        .store(2, "word", "2", "Relaxed");
    story.0.coherence.push(Coherence {
        place: "word".to_owned(),
        writes: vec![Write::Initial, Write::Step(2), Write::Step(1)],
    });
    let text = story.text();
    says(
        &text,
        "store word = 2 (Relaxed), before step 1 in coherence order",
    );
    says(&text, "store word = 1 (Relaxed) ");
}

#[test]
fn an_update_misses_nothing() {
    let update = Action::Update {
        place: "word".to_owned(),
        operation: "fetch_add".to_owned(),
        old: "0".to_owned(),
        new: "1".to_owned(),
        order: "Relaxed".to_owned(),
    };
    let story = Story::new().store(1, "word", "9", "Relaxed");
    let text = story
        .step(2, update, Some(read(Write::Initial, Write::Step(1), &[])))
        .text();
    says_nothing_of(&text, "had written");
}

#[test]
fn the_coherence_order_of_a_stale_read_is_shown_and_cut() {
    let mut story = Story::new();
    for value in 1..=9 {
        story = story.store(1, "data", &(value * 10).to_string(), "Relaxed");
    }
    let mut writes: Vec<Write> = (1..=9).map(Write::Step).collect();
    writes.insert(0, Write::Initial);
    story.0.coherence.push(Coherence {
        place: "data".to_owned(),
        writes,
    });
    let memory = read(Write::Step(5), Write::Step(9), &[]);
    let text = story.load(2, "data", "Relaxed", memory).text();
    says(&text, "from step 5; step 9 (mp.rs:9) had written 90");
    says(
        &text,
        "data: 4 older, 40 (step 4), 50 (step 5), 60 (step 6)",
    );
}

#[test]
fn a_world_without_graphs_is_told_nothing() {
    let mut story = Story::published("Relaxed");
    story.0.steps.iter_mut().for_each(|step| step.memory = None);
    let text = story.text();
    says_nothing_of(&text, "from:");
    says_nothing_of(&text, "coherence order");
}

#[test]
fn of_many_stale_reads_the_nearest_to_the_failure_keep_their_rows() {
    let mut story = Story::published("Relaxed").misses();
    for round in 1..200 {
        let missed = read(Write::Initial, Write::Step(3 * round + 1), &[]);
        story = story
            .store(1, "count", "1", "Relaxed")
            .store(3, "other", "1", "Relaxed");
        story = story.load(2, "count", "Relaxed", missed);
    }
    let broke = Action::Broke {
        claim: "It is.".to_owned(),
        detail: "data is old".to_owned(),
    };
    let text = explain::text::story::render(&story.step(2, broke, None).report());
    assert!(text.lines().count() <= 100, "{text}");
    // The one of what the failure names, and the last one.
    says(&text, "step 3 could miss step 1");
    says(&text, "step 600 could miss step 598");
    assert_eq!(text.matches("could miss").count(), 2, "{text}");
    says(&text, "\n     3  ");
    says(&text, "\n   600  ");
}

#[test]
fn what_is_blamed_is_not_folded_away() {
    let mut story = Story::published("Relaxed").store(1, "count", "1", "Relaxed");
    story = story.load(2, "flag", "Acquire", newest(2, &[])).misses();
    for _ in 0..100 {
        story = story.store(2, "count", "1", "Relaxed");
    }
    let broke = Action::Broke {
        claim: "It is.".to_owned(),
        detail: "data is old".to_owned(),
    };
    let text = explain::text::story::render(&story.step(2, broke, None).report());
    says(&text, "[100 steps]");
    says(&text, "\n    2  store flag = 1 (Relaxed) ");
}

#[test]
fn nonsense_is_no_panic() {
    let wild = [0, 2, 3, 99, usize::MAX];
    let mut story = Story::published("Relaxed").misses();
    story.0.conflict = vec![usize::MAX, 0];
    for step in &mut story.0.steps {
        let memory = read(Write::Step(usize::MAX), Write::Step(3), &wild);
        step.memory = Some(memory);
        step.thread += 7;
    }
    story.0.steps[0].number = usize::MAX;
    story.0.coherence.push(Coherence {
        place: "data".to_owned(),
        writes: wild.map(Write::Step).to_vec(),
    });
    says(&story.text(), "replay:");
}

#[test]
fn the_saved_form_carries_it() {
    let report = Story::published("Relaxed").misses().report();
    let json = report.to_json();
    says(&json, "\"from\": \"initial\"");
    says(&json, "\"newest\": {");
    assert_eq!(
        Report::from_json(&json).expect("it is a saved failure"),
        report
    );
}

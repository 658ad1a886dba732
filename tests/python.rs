//! Programs with the output CPython gives them, under `tests/python/<topic>`: raddle must print the same.

#[path = "python/harness.rs"]
mod harness;

#[test]
fn programs_print_what_cpython_prints() {
    let raddle = env!("CARGO_BIN_EXE_raddle").as_ref();
    harness::check("raddle", raddle, "pending.txt");
}

#[test]
fn expected_output_is_that_of_a_real_python() {
    let Some(python) = harness::reference() else {
        println!("no python3 of version 3.13 or newer: the expected output was not compared");
        return;
    };
    let failures = harness::failures("reference", &python, &harness::programs());
    let differences: Vec<_> = failures.into_iter().map(|(_, text)| text).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

//! The rebuilt core on the programs that the `raddle` command is tested with; those that do not pass yet are in a list
//! that may only become shorter.

#[allow(
    dead_code,
    reason = "the comparison with a real Python is made once, by the other test"
)]
#[path = "../../tests/python/harness.rs"]
mod harness;

#[test]
fn programs_print_what_cpython_prints() {
    let python = env!("CARGO_BIN_EXE_raddle-next").as_ref();
    harness::check("next", python, "pending-next.txt");
}

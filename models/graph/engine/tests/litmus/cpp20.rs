//! Where C++20, and so Rust, orders SC events otherwise than RC11 does.

use graph_engine::Model;

use crate::{explored, notation};

fn graphs(model: Model, text: &str) -> u64 {
    let program = notation::program(text).expect("a program");
    explored::explore(model, &program, &Vec::new())
        .expect("an exploration")
        .graphs
}

/// In RC11 the first store of x is not before the load of y, since psc wants other locations
/// at both ends of happens-before. In C++20 it is: it strongly happens before it.
#[test]
fn a_store_is_before_what_its_successor_releases() {
    let text = "Racq x a; Rsc y b || Wsc x 1; Wsc x 2 || Wsc y 1; Rsc x c";
    assert_eq!(graphs(Model::default(), text), 17);
    assert_eq!(graphs(Model::Rc11, text), 18);
}

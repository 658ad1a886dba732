//! Explores a Python program and prints what it found, in short.

use std::time::Duration;

use explorer::{Program, Settings, explore, text};

#[global_allocator]
static ALLOCATOR: explorer::Allocator = explorer::Allocator;

fn main() {
    let name = std::env::args().nth(1).expect("a file");
    let program = Program {
        text: std::fs::read(&name).expect("the file can be read"),
        argv: vec![name.clone()],
        name,
        observe: std::env::args().nth(2),
    };
    let settings = Settings {
        budget: Duration::from_secs(20),
        ..Settings::default()
    };
    let explored = explore(&program, &settings).expect("it can be explored");
    print!("{}", text(&explored));
    for added in &explored.added {
        println!("a point besides: {added}");
    }
    let rate = explored.interleavings as f64 / explored.elapsed.as_secs_f64();
    println!(
        "{:?}: {} interleavings, {} left, {} restarts, {} pages, {rate:.0}/s",
        explored.verdict,
        explored.interleavings,
        explored.redundant,
        explored.restarts,
        explored.pages
    );
}

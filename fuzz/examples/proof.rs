//! Every seeded fault of the pillars against the targets that could show it: which are found within a time, after how
//! many cases, and how small they become. Run by hand:
//!
//! ```console
//! RADDLE_FUZZ_SECONDS=60 cargo run -p fuzz --release --example proof
//! ```

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fuzz::campaign::{Campaign, Orders};

/// The files of faults, and the targets that draw what the pillar is about.
const PILLARS: [(&str, &[&str]); 11] = [
    ("list", &["list", "counts"]),
    ("dict", &["dict"]),
    ("set", &["set"]),
    ("bytearray", &["bytearray"]),
    ("claim", &["iterators"]),
    ("instance", &["attributes", "texts"]),
    ("once", &["texts"]),
    ("refcount", &["counts", "list", "collector"]),
    (
        "safepoint",
        &["collector", "locks", "events", "list", "dict"],
    ),
    ("version", &["lookups"]),
    ("weakref", &["counts"]),
];

/// The names in a file of faults.
fn names(pillar: &str) -> Vec<String> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../checks/src/faults/{pillar}.rs"));
    let text = fs::read_to_string(path).expect("the faults of the pillar");
    let names = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("name: \""));
    names
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

fn main() {
    let asked = std::env::var("RADDLE_FUZZ_SECONDS").ok();
    let seconds: u64 = asked.and_then(|text| text.parse().ok()).unwrap_or(60);
    let only = std::env::var("RADDLE_FUZZ_PILLARS").unwrap_or_default();
    let (mut found, mut all) = (0, 0);
    for (pillar, of) in PILLARS {
        if !only.is_empty() && !only.split(',').any(|name| name == pillar) {
            continue;
        }
        for fault in names(pillar) {
            all += 1;
            let line = of.iter().find_map(|target| {
                hunt(
                    target,
                    &fault,
                    Duration::from_secs(seconds) / of.len() as u32,
                )
            });
            found += usize::from(line.is_some());
            println!(
                "| {fault} | {} |",
                line.unwrap_or_else(|| "not found |  |  |  |".to_owned())
            );
        }
    }
    println!("{found} of {all}");
    let enough = found * 100 >= all * 85;
    std::process::exit(i32::from(!enough));
}

/// `target | cases | executions | calls | kind`, if the fault is found.
fn hunt(target: &str, fault: &str, time: Duration) -> Option<String> {
    let known = fuzz::targets();
    let spec = known.into_iter().find(|known| known.name == target)?;
    let mut campaign = Campaign::new(Orders {
        target: spec,
        seed: 1,
        fault: fuzz::fault(fault),
        known: Vec::new(),
        racing: None,
        progress: Arc::default(),
    });
    let found = campaign.run(Instant::now() + time, &mut |_| ())?;
    Some(format!(
        "{target} | {} | {} | {} | {}",
        campaign.tally.cases,
        campaign.tally.executions,
        found.program.calls(),
        found.failure.kind
    ))
}

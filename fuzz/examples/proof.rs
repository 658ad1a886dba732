//! Every seeded fault of the pillars against the targets that could show it: which are found within a time of one core,
//! after how many cases, and how small they become. Writes `checks/src/faults/fuzzed.json`, which the matrix of
//! `raddle faults` reads. Run by hand:
//!
//! ```console
//! cargo run -p fuzz --release --example proof -- [--seconds 60] [--faults NAME,..] [--out FILE]
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fuzz::campaign::{Campaign, Found, Orders};
use fuzz::explore::{self, Settings};
use reports::fuzzed::{Fuzzed, Hunt, Prey};
use reports::plan::Progress;
use rustix::time::{ClockId, clock_gettime};

/// The files of faults, and the targets that draw what the pillar is about, in the order in which they take turns.
const PILLARS: [(&str, &[&str]); 12] = [
    ("bytearray", &["bytearray"]),
    ("claim", &["iterators", "modules"]),
    ("dict", &["dict", "code"]),
    ("instance", &["attributes", "texts", "slots"]),
    ("list", &["list", "counts", "code"]),
    ("once", &["modules", "texts"]),
    (
        "refcount",
        &["references", "counts", "events", "collector", "code"],
    ),
    (
        "safepoint",
        &[
            "sections",
            "stops",
            "threads",
            "collector",
            "locks",
            "events",
            "modules",
        ],
    ),
    ("set", &["set"]),
    ("threads", &["threads", "stops", "collector"]),
    ("version", &["lookups"]),
    ("weakref", &["counts"]),
];

/// How long a campaign runs before it is another one's turn.
const TURN: Duration = Duration::from_millis(500);

/// What the command line asks for.
struct Asked {
    seconds: u64,
    only: Vec<String>,
    out: PathBuf,
}

fn asked() -> Asked {
    let mut asked = Asked {
        seconds: 60,
        only: Vec::new(),
        out: root().join("checks/src/faults/fuzzed.json"),
    };
    let mut words = std::env::args().skip(1);
    while let (Some(option), Some(value)) = (words.next(), words.next()) {
        match option.as_str() {
            "--seconds" => asked.seconds = value.parse().expect("a number of seconds"),
            "--faults" => asked.only = value.split(',').map(str::to_owned).collect(),
            "--out" => asked.out = value.into(),
            _ => panic!("there is no option {option}"),
        }
    }
    asked
}

/// The hunts that a file has.
fn kept(path: &Path) -> BTreeMap<String, Hunt> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let fuzzed: Option<Fuzzed> = serde_json::from_str(&text).ok();
    fuzzed.map_or_else(BTreeMap::new, |fuzzed| fuzzed.hunts)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names in a file of faults.
fn names(pillar: &str) -> Vec<String> {
    let path = root().join(format!("checks/src/faults/{pillar}.rs"));
    let text = fs::read_to_string(path).expect("the faults of the pillar");
    let names = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("name: \""));
    names
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

/// The processor time that this process has used.
fn used() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

fn main() {
    let asked = asked();
    // Part of the faults: those of the other parts stay.
    let mut hunts = match asked.only.is_empty() {
        true => BTreeMap::new(),
        false => kept(&asked.out),
    };
    for (pillar, targets) in PILLARS {
        for fault in names(pillar) {
            let wanted =
                asked.only.is_empty() || asked.only.iter().any(|name| fault.starts_with(name));
            if wanted {
                let hunt = hunt(targets, &fault, Duration::from_secs(asked.seconds));
                println!("{fault}: {hunt:?}");
                hunts.insert(fault, hunt);
            }
        }
    }
    // A fault that is gone takes its hunt along.
    hunts.retain(|fault, _| {
        PILLARS
            .iter()
            .any(|(pillar, _)| names(pillar).contains(fault))
    });
    let found = hunts.values().filter(|hunt| hunt.prey.is_some()).count();
    println!("{found} of {}", hunts.len());
    let fuzzed = Fuzzed {
        seconds: asked.seconds,
        measured: measured(asked.seconds),
        hunts,
    };
    let text = serde_json::to_string_pretty(&fuzzed).expect("numbers and names");
    fs::write(asked.out, text + "\n").expect("the file can be written");
}

fn measured(seconds: u64) -> String {
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    format!(
        "{seconds} s of processor time for each fault, one thread, {profile} build, {processor} {system}, seed 1"
    )
}

/// Lets campaigns against the targets take turns until one finds the fault, or the time is over.
fn hunt(targets: &[&str], fault: &str, time: Duration) -> Hunt {
    let end = used() + time;
    let progress: Arc<Progress> = Arc::default();
    let mut campaigns: Vec<Campaign> = fuzz::targets()
        .into_iter()
        .filter(|known| targets.contains(&known.name))
        .map(|target| {
            Campaign::new(Orders {
                target,
                seed: 1,
                fault: fuzz::fault(fault),
                known: Vec::new(),
                racing: None,
                progress: Arc::clone(&progress),
            })
        })
        .collect();
    let mut found = None;
    while used() < end && found.is_none() {
        for campaign in &mut campaigns {
            // Without a time that is wasted: the first program of each is run at once.
            let until = Instant::now() + TURN;
            found = campaign
                .run(until, &mut |_| ())
                .map(|found| (campaign.target(), found));
            if found.is_some() {
                break;
            }
        }
    }
    Hunt {
        cases: campaigns.iter().map(|campaign| campaign.tally.cases).sum(),
        executions: campaigns
            .iter()
            .map(|campaign| campaign.tally.executions)
            .sum(),
        reason: None,
        prey: found.and_then(|(target, found)| prey(target, &found)),
    }
}

fn prey(target: &str, found: &Found) -> Option<Prey> {
    // A program that fails without the fault, too, has found something else.
    let settings = Settings {
        seed: 1,
        executions: 400,
        budget: Duration::from_secs(60),
        fault: None,
        as_found: true,
        progress: Arc::default(),
    };
    let without = explore::run(&found.program, found.explorer, &settings).failure;
    if without.is_some() {
        eprintln!("{}fails by itself", found.program);
        return None;
    }
    Some(Prey {
        target: target.to_owned(),
        by: found.explorer.to_string(),
        drawn: found.drawn,
        calls: found.program.calls(),
        kind: found.failure.kind,
        program: found.program.to_string(),
    })
}

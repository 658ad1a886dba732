//! Drawn programs on real threads, for a while: what a sanitizer is to look at.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fuzz::draw::{self, Source};
use fuzz::explore::{self, Explorer, Settings};

/// A second for all targets, unless a sanitizer's script wants more.
fn time() -> Duration {
    let asked = std::env::var("RADDLE_FUZZ_SECONDS").ok();
    let seconds = asked.and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(1))
}

#[test]
fn drawn_programs_hold_on_real_threads() {
    let targets = fuzz::targets();
    let share = time() / targets.len() as u32;
    for target in &targets {
        let mut source = Source::new(23);
        let strategy = draw::programs(target);
        let until = Instant::now() + share;
        let mut rounds = 0;
        while rounds == 0 || Instant::now() < until {
            let program = Arc::new(source.draw(&strategy));
            let settings = Settings {
                seed: rounds,
                executions: 50,
                budget: Duration::from_secs(60),
                fault: None,
                as_found: true,
                progress: Arc::default(),
            };
            let seen = explore::run(&program, Explorer::Native, &settings);
            assert!(seen.failure.is_none(), "{program}{:?}", seen.failure);
            rounds += seen.executions;
        }
    }
}

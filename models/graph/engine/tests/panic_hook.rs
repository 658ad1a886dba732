//! The hook for panics may stay the host's. Alone in its process, since hooks are.

use std::panic;
use std::sync::{Arc, Mutex};

use graph_engine::{Config, Engine, Verdict};

#[test]
fn the_host_may_keep_its_panic_hook() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let hooked = Arc::clone(&seen);
    panic::set_hook(Box::new(move |info| {
        let message = info.payload_as_str().unwrap_or_default().to_string();
        hooked.lock().expect("nobody panics here").push(message);
    }));
    let config = Config {
        panic_hook: false,
        ..Config::default()
    };
    let exploration = Engine::explore(config, || panic!("for the host"));
    drop(panic::take_hook());
    assert_eq!(exploration.verdict, Verdict::Failed);
    let seen = seen.lock().expect("nobody panics here");
    assert!(
        seen.iter().any(|message| message == "for the host"),
        "{seen:?}"
    );
}

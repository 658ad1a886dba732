//! A short campaign against each target: nothing is found as they are.

use std::sync::Arc;

use fuzz::campaign::{Campaign, Orders};
use fuzz::outcome::Kept;

#[test]
fn nothing_is_found_in_a_short_campaign() {
    for target in fuzz::targets() {
        let mut campaign = Campaign::new(Orders {
            target: Arc::clone(&target),
            seed: 11,
            fault: None,
            known: Vec::new(),
            racing: None,
            progress: Arc::default(),
        });
        if let Some(found) = campaign.run_cases(12) {
            panic!("{}", Kept::of(&found, target.question).text());
        }
        let tally = campaign.tally;
        assert_eq!(tally.cases, 12);
        assert!(tally.histories > 12, "{}: {tally:?}", target.name);
        assert!(tally.meetings > 5, "{}: {tally:?}", target.name);
        assert!(!campaign.corpus.is_empty(), "{}", target.name);
    }
}

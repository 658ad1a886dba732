//! Scenarios of the refcount protocols.

mod deferred_by_owner_only;
mod deferred_is_not_found_dead;
mod deferred_once;
mod event_time_out_races_set;
mod event_wakes_every_waiter;
mod event_woken_for_nothing;
mod event_woken_in_turn;
mod exit_settles_last;
mod exit_with_queue;
mod finalizer_revives;
mod immortal_absorbs_stragglers;
mod immortal_by_owner_only;
mod immortal_counts_stay;
mod immortal_survives_drain;
mod increments_add_up;
mod locked_read_races_removal;
mod merge_races_last_drop;
mod merged_last_drop;
mod owner_and_other_drop;
mod owner_registers_itself;
mod queue_asks_its_owner;
mod queue_entered_once;
mod resurrection_ends_once;
mod resurrection_is_private;
mod resurrection_of_merged;
mod stage;
mod try_incref_races_last_drop;
mod try_read_rechecks_place;
mod unique_after_drop;
mod unique_counts_own;
mod unique_excludes_readers;
mod unique_is_exclusive;

use reports::scenario::Scenario;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    deferred_by_owner_only::SCENARIO,
    deferred_is_not_found_dead::SCENARIO,
    deferred_once::SCENARIO,
    event_time_out_races_set::SCENARIO,
    event_wakes_every_waiter::SCENARIO,
    exit_settles_last::SCENARIO,
    exit_with_queue::SCENARIO,
    finalizer_revives::SCENARIO,
    immortal_absorbs_stragglers::SCENARIO,
    immortal_by_owner_only::SCENARIO,
    immortal_counts_stay::SCENARIO,
    immortal_survives_drain::SCENARIO,
    increments_add_up::SCENARIO,
    locked_read_races_removal::SCENARIO,
    merge_races_last_drop::SCENARIO,
    merged_last_drop::SCENARIO,
    owner_and_other_drop::SCENARIO,
    owner_registers_itself::SCENARIO,
    queue_asks_its_owner::SCENARIO,
    queue_entered_once::SCENARIO,
    resurrection_ends_once::SCENARIO,
    resurrection_is_private::SCENARIO,
    resurrection_of_merged::SCENARIO,
    try_incref_races_last_drop::SCENARIO,
    try_read_rechecks_place::SCENARIO,
    unique_after_drop::SCENARIO,
    unique_counts_own::SCENARIO,
    unique_excludes_readers::SCENARIO,
    unique_is_exclusive::SCENARIO,
    event_woken_for_nothing::SCENARIO,
    event_woken_in_turn::SCENARIO,
];

//! Scenarios of the safepoint protocols.

mod allocation_batches_add_up;
mod allocation_crossing_is_noticed;
mod allocations_count_from_the_stop_on;
mod attach_state_excludes;
mod birth_vs_collection;
mod breaker_keeps_requests;
mod brief_pair;
mod brief_sections;
mod collections_become_due;
mod deferred_ends_in_a_collection;
mod deferred_numbers_come_back;
mod deferred_outlives_its_threads;
mod drives_qsbr;
mod end_keeps_others_outside;
mod gc_calls_back_once;
mod gc_collects_a_cycle;
mod gc_drains_queues;
mod gc_ends_instances;
mod gc_ends_iterators;
mod gc_ends_the_frozen_dead;
mod gc_frees_for_others;
mod gc_leaves_what_it_is_told;
mod gc_spares_the_revived;
mod gc_spares_what_garbage_holds;
mod knot;
mod leaf_shared_in_a_stop;
mod lock_after_sleep;
mod lock_excludes;
mod lock_hands_over;
mod lock_waiter_lets_the_world_stop;
mod lock_wakes_its_waiter;
mod lock_woken_for_nothing;
mod lock_woken_in_turn;
mod look_vs_leave;
mod look_vs_run;
mod looks_see_all;
mod module_waiter_lets_the_world_stop;
mod mutex_wakes_its_waiters;
mod mutex_woken_for_nothing;
mod mutex_woken_in_turn;
mod one_thread_collects;
mod pair_excludes_singles;
mod pair_opens_outside;
mod pair_within_one;
mod pairs_do_not_deadlock;
mod pending_is_not_lost;
mod pending_leaves_others_asleep;
mod pending_wakes;
mod qsbr_adopts_orphans;
mod qsbr_attach_vs_scan;
mod qsbr_first_slot_reads;
mod qsbr_frees_after_readers;
mod qsbr_growth_keeps_readers;
mod qsbr_growth_vs_attach;
mod qsbr_model;
mod qsbr_orphans_wait;
mod qsbr_reattach_vs_scan;
mod qsbr_release_vs_growth;
mod qsbr_scan_serves_all;
mod referents_vs_drop;
mod reset_event_carries;
mod reset_event_pulse;
mod rlock_excludes;
mod rlock_holder_stays;
mod section_after_a_stop;
mod section_in_a_stop;
mod section_resumes;
mod section_within_itself;
mod sections_all_open;
mod sections_nest_both_ways;
mod stop_again;
mod stop_cell_vs_look;
mod stop_is_noticed;
mod stop_means_stopped;
mod stop_vs_hand_over;
mod stop_woken_for_nothing;
mod stop_woken_in_turn;
mod support;
mod thread_born_in_a_stop;
mod thread_ends_in_a_stop;
mod thread_lock_excludes;
mod thread_lock_time_out;
mod thread_lock_wakes;
mod two_creators;
mod two_stoppers_take_turns;
mod whereabouts;

use reports::scenario::Scenario;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    allocation_batches_add_up::SCENARIO,
    allocation_crossing_is_noticed::SCENARIO,
    allocations_count_from_the_stop_on::SCENARIO,
    attach_state_excludes::SCENARIO,
    breaker_keeps_requests::SCENARIO,
    brief_pair::SCENARIO,
    brief_sections::SCENARIO,
    deferred_ends_in_a_collection::SCENARIO,
    deferred_outlives_its_threads::SCENARIO,
    drives_qsbr::SCENARIO,
    gc_calls_back_once::SCENARIO,
    gc_collects_a_cycle::SCENARIO,
    gc_drains_queues::SCENARIO,
    gc_frees_for_others::SCENARIO,
    gc_leaves_what_it_is_told::SCENARIO,
    gc_spares_the_revived::SCENARIO,
    gc_spares_what_garbage_holds::SCENARIO,
    leaf_shared_in_a_stop::SCENARIO,
    lock_after_sleep::SCENARIO,
    lock_excludes::SCENARIO,
    lock_hands_over::SCENARIO,
    lock_waiter_lets_the_world_stop::SCENARIO,
    lock_wakes_its_waiter::SCENARIO,
    look_vs_leave::SCENARIO,
    look_vs_run::SCENARIO,
    module_waiter_lets_the_world_stop::SCENARIO,
    one_thread_collects::SCENARIO,
    pair_excludes_singles::SCENARIO,
    pair_within_one::SCENARIO,
    pairs_do_not_deadlock::SCENARIO,
    qsbr_adopts_orphans::SCENARIO,
    qsbr_attach_vs_scan::SCENARIO,
    qsbr_first_slot_reads::SCENARIO,
    qsbr_frees_after_readers::SCENARIO,
    qsbr_growth_keeps_readers::SCENARIO,
    qsbr_growth_vs_attach::SCENARIO,
    qsbr_orphans_wait::SCENARIO,
    qsbr_reattach_vs_scan::SCENARIO,
    qsbr_release_vs_growth::SCENARIO,
    qsbr_scan_serves_all::SCENARIO,
    reset_event_carries::SCENARIO,
    reset_event_pulse::SCENARIO,
    rlock_excludes::SCENARIO,
    rlock_holder_stays::SCENARIO,
    section_after_a_stop::SCENARIO,
    section_in_a_stop::SCENARIO,
    section_resumes::SCENARIO,
    section_within_itself::SCENARIO,
    sections_all_open::SCENARIO,
    sections_nest_both_ways::SCENARIO,
    stop_is_noticed::SCENARIO,
    stop_means_stopped::SCENARIO,
    stop_cell_vs_look::SCENARIO,
    stop_vs_hand_over::SCENARIO,
    thread_born_in_a_stop::SCENARIO,
    thread_ends_in_a_stop::SCENARIO,
    thread_lock_excludes::SCENARIO,
    thread_lock_time_out::SCENARIO,
    thread_lock_wakes::SCENARIO,
    two_creators::SCENARIO,
    two_stoppers_take_turns::SCENARIO,
    gc_ends_instances::SCENARIO,
    gc_ends_iterators::SCENARIO,
    looks_see_all::SCENARIO,
    lock_woken_for_nothing::SCENARIO,
    mutex_woken_for_nothing::SCENARIO,
    stop_woken_for_nothing::SCENARIO,
    collections_become_due::SCENARIO,
    deferred_numbers_come_back::SCENARIO,
    mutex_wakes_its_waiters::SCENARIO,
    birth_vs_collection::SCENARIO,
    referents_vs_drop::SCENARIO,
    gc_ends_the_frozen_dead::SCENARIO,
    end_keeps_others_outside::SCENARIO,
    pair_opens_outside::SCENARIO,
    pending_is_not_lost::SCENARIO,
    pending_wakes::SCENARIO,
    lock_woken_in_turn::SCENARIO,
    mutex_woken_in_turn::SCENARIO,
    stop_woken_in_turn::SCENARIO,
    pending_leaves_others_asleep::SCENARIO,
    stop_again::SCENARIO,
];

//! What users do, from start to end, in both forms of the app. One module for each part of the app; this
//! file only lists them.

mod checks;
mod everyone;
mod files;
mod harness;
mod import;
mod norms;
mod packs;
mod pool;
mod reallocate;
mod scenarios;
mod schools;
mod start;
mod steps;
mod storage;

use std::process::ExitCode;

use bianheng_e2e::{journey, runner};

fn main() -> ExitCode {
    runner::run(&[
        journey!(harness::files_come_and_go),
        journey!(harness::fields_and_keys_work),
        journey!(start::the_app_opens),
        journey!(start::the_policy_holds),
        journey!(start::an_old_browser_is_told),
        journey!(start::a_failed_start_is_told),
        journey!(schools::an_edit_shows_everywhere_and_undo_takes_it_back),
        journey!(schools::a_block_from_a_spreadsheet_is_one_step),
        journey!(schools::a_wrong_figure_is_refused_in_words),
        journey!(schools::every_figure_can_say_why),
        journey!(reallocate::fifty_posts_are_proposed_tried_and_adopted),
        journey!(reallocate::the_ledger_follows_a_hand_at_the_curve),
        journey!(reallocate::an_edit_by_hand_stays_over_a_proposal),
        journey!(reallocate::townships_and_stages_are_limited_in_their_table),
        journey!(reallocate::what_was_set_by_hand_is_listed_with_its_reason),
        journey!(reallocate::schools_in_dispute_are_listed_sorted_and_copied),
        journey!(reallocate::long_work_is_shown_can_be_stopped_and_begun_again),
        journey!(reallocate::teachers_to_spare_are_matched_by_course),
        journey!(reallocate::a_school_that_closes_with_people_is_said_with_a_cure),
        journey!(reallocate::a_reserve_too_large_is_said_with_a_cure),
        journey!(norms::a_parameter_changes_the_county),
        journey!(norms::a_figure_rests_on_a_document_and_a_pack_shows_its_tables),
        journey!(norms::a_value_and_its_document_are_one_step),
        journey!(norms::the_figures_of_a_table_are_set_in_place),
        journey!(packs::a_pack_goes_out_and_comes_back),
        journey!(packs::a_file_whose_norm_has_a_fault_opens_and_says_so),
        journey!(checks::a_red_line_leads_to_its_school),
        journey!(checks::added_posts_raise_an_entitlement),
        journey!(checks::a_full_school_shows_what_it_is_short_of),
        journey!(pool::a_batch_is_approved_and_taken_back),
        journey!(pool::a_loan_is_returned_and_the_year_told),
        journey!(pool::an_application_comes_in_and_the_years_tell_each_way),
        journey!(pool::lasting_shortages_presets_and_models),
        journey!(pool::posts_move_by_document),
        journey!(pool::posts_join_the_pool_and_people_come),
        journey!(pool::what_decides_is_changed_line_by_line),
        journey!(pool::what_cannot_be_is_refused_at_its_field),
        journey!(pool::a_rule_is_built_changed_and_taken_out),
        journey!(pool::sources_and_terms_are_kept_on_the_screen),
        journey!(pool::the_years_are_scrubbed_on_the_chart),
        journey!(import::a_survey_becomes_a_county_to_work_on),
        journey!(import::what_is_no_survey_is_told_in_one_sentence),
        journey!(files::work_is_there_after_a_reload_with_its_history),
        journey!(files::a_scenario_goes_out_and_comes_back_the_same),
        journey!(files::figures_that_differ_from_a_file_are_listed),
        journey!(files::files_that_do_not_open_leave_the_work_alone),
        journey!(files::a_file_is_saved_in_its_place_on_disk),
        journey!(scenarios::a_copy_is_changed_and_compared),
        journey!(scenarios::all_that_differ_are_shown_when_asked_for),
        journey!(scenarios::a_branch_that_was_left_is_still_there),
        journey!(scenarios::a_snapshot_comes_back_and_goes_again),
        journey!(scenarios::a_colleagues_file_merges_cell_by_cell),
        journey!(scenarios::a_pool_merges_part_by_part),
        journey!(scenarios::a_scenario_comes_over_to_a_corrected_survey),
        journey!(scenarios::a_link_opens_to_the_same_figures),
        journey!(storage::nothing_is_lost_when_the_browser_is_killed),
        journey!(storage::two_tabs_do_not_overwrite_each_other),
        journey!(storage::a_full_store_is_told_and_the_work_goes_on),
        journey!(storage::a_store_that_recovers_keeps_the_whole_file),
        journey!(storage::a_browser_that_keeps_nothing_is_told),
        journey!(storage::an_old_export_is_said_in_one_line),
        journey!(storage::a_file_over_unsaved_work_replaces_nothing),
        journey!(storage::hostile_files_get_a_sentence),
        journey!(storage::a_file_that_cannot_be_read_comes_back_from_its_snapshot),
        journey!(storage::a_snapshot_made_by_hand_stays),
        journey!(everyone::nobody_is_kept_out_by_what_a_screen_shows),
        journey!(everyone::the_tab_key_reaches_every_control),
        journey!(everyone::no_screen_is_wider_than_a_small_page),
        journey!(everyone::a_dialog_keeps_the_focus_and_gives_it_back),
        journey!(everyone::scenarios_are_worked_with_by_the_keyboard_alone),
        journey!(start::both_languages_speak_in_place),
    ])
}

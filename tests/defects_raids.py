"""The raid bot's defects: the tests that name them."""

RAIDS = "tests/raids"
RAIDS_BOT = "tests/raids_bot"
QUIET = f"{RAIDS}/test_quieting.py::QuietTests"
OPERATING = "tests/operating"
LOG = f"{OPERATING}/test_log_lines.py"
LEVELS = "tests/levels/test_chatting.py"

IMPORT = f"{RAIDS}/test_import.py::Cases"

OF_RAIDS = {
    "R1": [
        f"{RAIDS}/test_plan.py::PlanTests::test_a_number_is_never_given_twice",
        f"{RAIDS}/test_finish.py::FinishTests::test_the_counter_rises_by_one_with_each_raid",
        "tests/concurrency/test_raids.py::RaidRaceTests"
        "::test_fifty_raids_at_once_have_fifty_numbers",
        f"{IMPORT}::test_who_was_there_is_kept_as_a_raid_of_its_own",
        f"{IMPORT}::test_the_next_raid_has_a_number_above_all_there_ever_were",
        f"{IMPORT}::test_a_second_run_changes_nothing",
        f"{RAIDS}/test_import_again.py::AgainTests"
        "::test_a_number_that_was_given_here_since_is_not_given_to_another_raid",
    ],
    "R2": [f"{RAIDS}/test_vote.py::VoteTests::test_it_touches_nothing_but_its_own_rows"],
    "R3": [
        f"{RAIDS}/test_guilds.py::LeaveTests::test_everything_of_the_server_goes",
        f"{RAIDS}/test_guilds.py::LeaveTests::test_other_servers_stay_as_they_are",
        f"{RAIDS_BOT}/test_servers.py::ServersTests"
        "::test_a_server_that_the_bot_leaves_is_forgotten_whole",
        f"{RAIDS_BOT}/test_servers.py::ComingTests"
        "::test_one_that_it_left_while_it_was_away_is_forgotten_after_asking_discord",
    ],
    "R4": [
        f"{RAIDS}/test_vote.py::VoteTests::test_all_of_it_counts_or_nothing",
        f"{RAIDS}/test_edit.py::EditTests::test_a_wrong_part_changes_nothing",
    ],
    "R5": [
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_a_deleted_vote_is_posted_again_and_its_new_id_kept",
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_a_deleted_slot_is_posted_again_and_notifies_nobody_twice",
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_a_deleted_list_is_missed_though_nothing_changes",
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_any_other_trouble_is_tried_again_and_posts_nothing_twice",
    ],
    "R6": [
        f"{RAIDS_BOT}/test_raidlist.py::ListTests::test_twenty_five_open_raids",
        f"{RAIDS_BOT}/test_raidlist.py::ListTests::test_sixty_open_raids",
        f"{RAIDS_BOT}/test_raidlist.py::ListTests"
        "::test_two_hundred_open_raids_with_the_longest_names",
        f"{RAIDS_BOT}/test_raidlist.py::ListTests"
        "::test_labels_of_a_hundred_letters_can_be_voted_for",
    ],
    "R7": [
        f"{RAIDS_BOT}/test_presses.py::PressTests"
        "::test_votes_without_a_pause_are_shown_all_the_same",
    ],
    "R8": [
        "tests/concurrency/test_raids.py::RaidRaceTests::test_a_slow_server_holds_no_other_up",
        f"{RAIDS_BOT}/test_servers.py::ServersTests"
        "::test_a_server_that_discord_is_slow_for_holds_no_other",
    ],
    "R9": [
        f"{RAIDS}/test_quiet.py::test_with_dates_it_lives_until_after_the_last_one",
        f"{QUIET}::test_a_raid_planned_for_later_is_left_alone",
        f"{QUIET}::test_any_activity_puts_it_off",
        f"{QUIET}::test_what_nobody_answers_for_ends_and_its_people_are_kept",
    ],
    "R10": [
        f"{RAIDS}/test_finish.py::FinishTests"
        "::test_an_admin_may_finish_it_also_when_its_maker_is_gone",
        f"{RAIDS}/test_cancel.py::CancelTests::test_one_raid_can_be_called_off_and_counts_nobody",
        f"{RAIDS}/test_edit.py::EditTests::test_votes_for_what_stays_stay",
        f"{RAIDS}/test_edit.py::HandOverTests::test_whoever_gets_it_may_finish_it",
        f"{RAIDS_BOT}/test_commands.py::CommandTests::test_only_the_maker_or_an_admin_finishes",
        f"{RAIDS_BOT}/test_commands.py::CommandTests"
        "::test_one_raid_is_cancelled_after_it_was_asked",
        f"{RAIDS_BOT}/test_commands.py::CommandTests::test_a_raid_is_edited_in_a_form",
        f"{RAIDS_BOT}/test_commands.py::CommandTests::test_a_raid_is_handed_over",
    ],
    "R11": [
        f"{OPERATING}/test_owners.py::OwnerTests::test_a_servers_admin_is_refused",
        f"{RAIDS}/test_policy.py::PolicyTests::test_a_servers_admin_may_not_what_is_the_owners",
        f"{RAIDS}/test_policy.py::PolicyTests::test_an_owner_is_nobody_special_on_a_server",
        f"{RAIDS}/test_policy.py::PolicyTests::test_a_server_may_say_who_plans",
        f"{RAIDS}/test_cancel.py::CancelTests::test_a_name_with_markup_and_mentions_is_harmless",
        f"{RAIDS_BOT}/test_commands.py::CommandTests"
        "::test_admins_commands_are_not_offered_to_anybody_else",
        f"{RAIDS_BOT}/test_settings.py::SettingsTests"
        "::test_a_channel_in_which_the_bot_cannot_write_is_refused",
        f"{RAIDS_BOT}/test_roles.py::WithoutRightsTests"
        "::test_without_the_right_the_raid_goes_on_and_is_told_once",
    ],
    "R12": [
        f"{RAIDS_BOT}/test_roles.py::RoleTests"
        "::test_it_is_made_with_the_first_slot_and_goes_with_the_raid",
        f"{RAIDS_BOT}/test_roles.py::RoleTests"
        "::test_a_role_of_the_servers_own_with_that_name_is_left_alone",
        f"{RAIDS_BOT}/test_roles.py::RoleTests::test_two_raids_of_one_dungeon_have_a_role_each",
    ],
    "R13": [
        "tests/bot/test_leader.py::ElectionTests::test_another_term_closes_the_gateway",
        f"{OPERATING}/test_owners.py::OwnerTests::test_restart_answers_and_begins_anew",
        f"{OPERATING}/test_owners.py::OwnerTests"
        "::test_whoever_runs_the_bot_begins_another_one_after_it",
    ],
    "R14": [
        f"{LOG}::test_of_a_fault_of_the_database_there_is_only_the_name",
        f"{LOG}::test_of_too_many_lines_the_oldest_go_and_it_is_said",
        f"{LOG}::StatementTests::test_statements_are_shown_without_what_they_were_filled_in_with",
        f"{OPERATING}/test_log_forward.py::ForwardTests::test_many_lines_are_few_messages",
    ],
    "R15": [
        f"{QUIET}::test_an_hour_is_an_hour_also_when_the_clocks_change",
        "tests/levels/test_earning.py::EarningTests"
        "::test_a_message_earns_ten_points_and_the_next_fifteen_seconds_none",
        f"{LEVELS}::ChattingTests::test_flooding_earns_once",
        f"{LEVELS}::VoiceTests::test_one_failure_does_not_end_the_counting",
        f"{LEVELS}::VoiceTests::test_an_hour_goes_on_after_a_restart",
        "tests/levels/test_voice_hours.py::VoiceHourTests"
        "::test_the_night_when_the_clocks_change_has_no_hour_too_many",
        f"{RAIDS}/test_import_reading.py::test_a_time_without_a_zone_was_written_in_utc",
    ],
    "R16": [
        f"{RAIDS}/test_plan.py::PlanTests::test_it_stores_the_catalogues_own_spelling",
        f"{RAIDS}/test_plan.py::PlanTests::test_every_raid_has_a_number_and_no_two_the_same",
        f"{RAIDS}/test_vote.py::VoteTests::test_a_choice_counts_whatever_its_case",
        f"{RAIDS}/test_labels.py::test_each_is_kept_once_whatever_its_case",
        f"{IMPORT}::test_raids_without_a_number_get_one_each",
        f"{IMPORT}::test_labels_that_differ_in_case_alone_are_one_with_the_votes_of_both",
        f"{IMPORT}::test_an_open_raid_comes_with_its_days_times_and_votes",
        f"{RAIDS}/test_import_reading.py::BareTests::test_what_is_missing_has_its_default",
    ],
    "R17": [
        f"{OPERATING}/test_purging.py::PurgeTests"
        "::test_the_bots_own_go_and_what_holds_comes_back_once",
        f"{RAIDS}/test_guilds.py::SettingsTests::test_votes_move_to_the_new_channel",
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_everything_moves_to_the_channels_that_an_admin_chooses",
        f"{RAIDS_BOT}/test_kept.py::KeptTests::test_a_move_while_it_is_posted_leaves_one",
    ],
    "R18": [
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_a_deleted_vote_is_posted_again_and_its_new_id_kept",
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_a_deleted_slot_is_posted_again_and_notifies_nobody_twice",
        f"{RAIDS_BOT}/test_kept.py::KeptTests"
        "::test_a_deleted_list_is_missed_though_nothing_changes",
    ],
}

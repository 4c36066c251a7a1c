"""What the raid bot had to do, line by line, and the tests that see Slomix do it."""

RAIDS, BOT, OPERATING = "tests/raids", "tests/raids_bot", "tests/operating"
COMMANDS = f"{BOT}/test_commands.py::CommandTests::test_"
LABELS = f"{RAIDS}/test_labels.py::test_"
TEMPLATES = f"{RAIDS}/test_plan.py::TemplateTests::test_"
PRESSES = f"{BOT}/test_presses.py::PressTests::test_"
SLOTS = f"{BOT}/test_slots.py::SlotTests::test_"
ROLES = f"{BOT}/test_roles.py::RoleTests::test_"
FINISH = f"{RAIDS}/test_finish.py::FinishTests::test_"
CANCEL = f"{RAIDS}/test_cancel.py::"
KEPT = f"{BOT}/test_kept.py::KeptTests::test_"
LIST = f"{BOT}/test_raidlist.py::ListTests::test_"
SERVERS = f"{BOT}/test_servers.py::"
LIFE = f"{BOT}/test_life.py::LifeTests::test_from_the_form_to_attendance"
WORKERS = "tests/workers/test_workers.py::"
LINES = f"{OPERATING}/test_log_lines.py::test_"
KEYWORDS = "tests/keywords/test_matching.py::test_"
EARNING = "tests/levels/test_earning.py::EarningTests::test_"

CHECKLIST = {
    "commands with their options and permissions; the four removed ones absent": [
        f"{COMMANDS}every_command_is_there_and_those_that_were_removed_are_not",
        f"{COMMANDS}admins_commands_are_not_offered_to_anybody_else",
        f"{COMMANDS}a_dungeon_is_completed_and_an_unknown_one_refused",
        f"{OPERATING}/test_owners.py::OwnerTests::test_a_servers_admin_is_refused",
        f"{OPERATING}/test_typed_restart.py::TypedRestartTests"
        "::test_nobody_elses_word_and_no_other_place_does",
    ],
    "the form: separators, each once, 25 at most, a minimum of 0 and more": [
        f"{LABELS}commas_semicolons_and_new_lines_separate",
        f"{LABELS}each_is_kept_once_whatever_its_case",
        f"{LABELS}a_vote_holds_25_and_says_which_it_has_no_room_for",
        f"{LABELS}a_minimum_is_a_whole_number_from_0_on",
        f"{COMMANDS}lists_are_split_and_the_rest_of_too_many_is_named",
        f"{COMMANDS}bad_input_is_refused_with_what_to_write",
    ],
    "templates: filled in, kept anew, switched off": [
        f"{TEMPLATES}what_was_put_in_last_is_filled_in",
        f"{TEMPLATES}switched_off_nothing_is_filled_in_nor_remembered",
        f"{COMMANDS}the_form_begins_with_what_was_planned_last_unless_switched_off",
    ],
    "the vote's message: only who said both is named, nobody is mentioned": [
        LIFE,
        f"{RAIDS}/test_vote.py::BoardTests::test_it_counts_most_first_and_names_whoever_said_both",
        f"{BOT}/test_planner.py::PlannerTests::test_only_whoever_said_both_is_named_and_nobody_pinged",
    ],
    "votes are toggled, several at once": [
        f"{PRESSES}choosing_again_takes_a_vote_back",
        f"{BOT}/test_planner.py::PlannerTests::test_several_are_chosen_and_taken_back_at_once",
    ],
    "slots: a minimum of 0 is 1; messages are made, edited, deleted": [
        f"{SLOTS}from_a_minimum_of_nothing_one_is_enough",
        f"{SLOTS}its_first_post_notifies_its_people_and_nobody_else",
        f"{SLOTS}a_later_change_names_and_notifies_nobody",
        f"{SLOTS}one_that_is_planned_no_more_goes",
    ],
    "the role: made, never adopted, taken away at the end": [
        f"{ROLES}it_is_made_with_the_first_slot_and_goes_with_the_raid",
        f"{ROLES}a_role_of_the_servers_own_with_that_name_is_left_alone",
        f"{ROLES}whoever_leaves_the_slot_loses_it",
    ],
    "finish: by its maker (or an admin), attendance, a counter of 0 and one more each raid": [
        f"{COMMANDS}only_the_maker_or_an_admin_finishes",
        f"{FINISH}everybody_in_a_slot_is_counted_once_however_many_slots",
        f"{FINISH}the_counter_rises_by_one_with_each_raid",
        f"{BOT}/test_counted.py::CountedTests::test_the_counter_is_right_after_a_restart",
    ],
    "cancelled, cancelled from outside, gone quiet: cleaned up, nobody counted": [
        f"{CANCEL}CancelTests::test_one_raid_can_be_called_off_and_counts_nobody",
        f"{CANCEL}CancelAllTests::test_from_outside_only_an_owner_of_the_bot_may",
        f"{BOT}/test_quiet.py::QuietTests::test_one_that_ends_by_itself_says_so_and_counts_nobody",
        f"{OPERATING}/test_owners.py::OwnerTests"
        "::test_owners_name_servers_and_act_on_one_from_outside",
    ],
    "the list: edited in place, posted again, moved; more than 25 raids and 2000 letters": [
        LIFE,
        f"{KEPT}a_deleted_list_is_missed_though_nothing_changes",
        f"{KEPT}everything_moves_to_the_channels_that_an_admin_chooses",
        f"{LIST}sixty_open_raids",
        f"{LIST}two_hundred_open_raids_with_the_longest_names",
    ],
    "after a restart: buttons, vote, slots and list are found again or posted again": [
        f"{PRESSES}everything_works_after_a_restart",
        f"{KEPT}a_deleted_vote_is_posted_again_and_its_new_id_kept",
        f"{KEPT}a_deleted_slot_is_posted_again_and_notifies_nobody_twice",
        f"{KEPT}a_crash_after_posting_leaves_one_of_each",
    ],
    "changes are gathered, at once where it matters, and survive a restart": [
        f"{PRESSES}votes_without_a_pause_are_shown_all_the_same",
        f"{PRESSES}fifty_votes_and_two_keepers_leave_one_of_each",
    ],
    "copies for operators": [
        f"{BOT}/test_mirrors.py::MirrorTests::test_operators_have_copies_in_their_channels",
    ],
    "workers: begun once, one that fails leaves the others running": [
        f"{WORKERS}LoopTests::test_every_loop_of_the_bot_writes_its_row",
        f"{WORKERS}LoopTests::test_one_that_fails_leaves_the_others_running",
        f"{WORKERS}LoopTests::test_a_gateway_that_begins_anew_begins_no_loop_twice",
    ],
    "points and levels, an hour in voice, keywords as whole words": [
        "tests/accounts/test_levels.py::test_the_first_levels_take_what_the_raid_bot_took",
        f"{EARNING}without_a_cooldown_each_earns_as_it_was",
        "tests/levels/test_voice_hours.py::VoiceHourTests"
        "::test_a_full_hour_is_a_point_and_the_next_one_another",
        f"{KEYWORDS}a_piece_of_a_word_is_none",
        f"{KEYWORDS}both_words_of_a_message_are_answered_together",
    ],
    "one bot at a time; servers come and go whole": [
        "tests/bot/test_leader.py::ElectionTests::test_only_one_of_two_connects_and_the_other_follows",
        f"{SERVERS}ComingTests::test_a_server_that_it_comes_to_has_its_commands_at_once",
        f"{SERVERS}ServersTests::test_a_server_that_the_bot_leaves_is_forgotten_whole",
    ],
    "a backup is written whole, in the order of its keys, and comes back": [
        "tests/backup/test_round_trip.py::RoundTripTests"
        "::test_every_table_and_every_kind_of_column_comes_back_exactly",
    ],
    "the log waits until the bot is ready, and says where a line is from": [
        f"{OPERATING}/test_log_forward.py::ForwardTests"
        "::test_what_was_said_before_the_bot_was_ready_is_there",
        f"{LINES}a_line_says_where_it_is_from",
    ],
    "presses told twice, messages deleted meanwhile, rights that are missing": [
        f"{PRESSES}a_press_that_discord_tells_twice_counts_once",
        f"{PRESSES}a_choice_that_is_gone_and_a_raid_that_is_over_are_refused",
        f"{PRESSES}a_made_up_button_does_nothing",
        f"{KEPT}a_channel_that_is_deleted_is_told_once_and_a_new_one_serves",
        f"{BOT}/test_settings.py::SettingsTests"
        "::test_a_channel_in_which_the_bot_cannot_write_is_refused",
        f"{BOT}/test_roles.py::WithoutRightsTests"
        "::test_without_the_right_the_raid_goes_on_and_is_told_once",
    ],
}

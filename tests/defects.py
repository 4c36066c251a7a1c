"""Each defect of the two predecessors: the tests that name it, or the capability it waits for.

W1 to W39 are the first Slomix's, R1 to R18 the raid bot's. A test that is listed says the number in
its docstring; one that does not exist, or does not say it, fails `tests/test_defects.py`.
"""

from tests.defects_raids import OF_RAIDS

LATER: dict[str, str] = {}

AMONG_MANY = "tests/ledger/test_one_among_many.py::OneAmongManyTests"
FOLLOW_UP = "tests/promotions/test_followup.py"
PROMOTE = "tests/promotions/test_promote.py::PromoteTests"
RACES = "tests/concurrency/test_races.py::RaceTests"
API = "tests/api/test_availability.py"
ROOM_API = "tests/api/test_planning.py"
ROOM_RACES = "tests/concurrency/test_rooms.py"
WISHES = "tests/api/test_wishes.py::WishTests"
WHO = "tests/api/test_who.py::WhoTests"
LEAVING = "tests/accounts/test_leaving.py"
LIMITS = "tests/accounts/test_limits.py"
SIGN_IN = "tests/accounts/test_sign_in.py"
HANDLES = "tests/accounts/test_handles.py"
BRIDGE = "tests/channels/test_bridge.py"
LINKING = "tests/channels/test_linking.py::LinkingJourney"

RAIDS = "tests/raids"

FIRST = "tests/availability/test_first_slomix.py::ImportTests"

DEFECTS = {
    "W1": [
        f"{PROMOTE}::test_it_writes_the_call_its_jobs_and_its_promises_at_once",
        "tests/concurrency/test_calls.py::ConfirmingTests"
        "::test_fifty_presses_on_two_doors_make_one_call",
    ],
    "W2": [
        "tests/availability/test_stored.py::StoredTests"
        "::test_a_press_in_discord_is_stored_with_its_instant_and_counted"
    ],
    "W3": [
        f"{RACES}::test_six_drains_at_once_take_every_row_once",
        "tests/bot/test_reminders.py::ReminderJourney"
        "::test_a_crash_between_sending_and_settling_is_read_back",
    ],
    "W4": [
        "tests/rooms/test_teams.py::SurvivalTests"
        "::test_whatever_fails_in_the_middle_leaves_the_teams_that_were",
        "tests/rooms/test_teams.py::SurvivalTests"
        "::test_somebody_who_only_ever_used_discord_plays_like_all_others",
        "tests/api/test_planning_teams.py::TeamsTests::test_strange_teams_are_refused_and_lose_nothing",
        f"{ROOM_RACES}::RoomRaceTests"
        "::test_fifty_saves_on_one_token_have_one_winner_and_lose_nothing",
    ],
    "W5": [
        f"{HANDLES}::CodeTests::test_a_second_code_has_to_wait_half_a_minute",
        "tests/concurrency/test_codes.py::CodeRaceTests"
        "::test_a_code_is_as_old_as_it_is_whatever_zone_the_server_is_in",
        f"{BRIDGE}::OwnDoorTests::test_a_code_is_shown_once_to_whom_it_is_for",
    ],
    "W6": [
        f"{LINKING}::test_a_code_sent_from_an_account_links_that_account",
        f"{BRIDGE}::BridgeTests::test_only_the_bridge_may_confirm",
        "tests/concurrency/test_codes.py::CodeRaceTests"
        "::test_fifty_redemptions_at_once_make_one_link",
    ],
    "W7": [
        "tests/web/test_linking.py::ChoosingTests::test_a_player_that_does_not_exist_is_refused",
        f"{WHO}::test_what_is_linked_is_a_player_of_ours_under_its_own_name",
        "tests/accounts/test_players.py::NewcomerTests"
        "::test_nobody_takes_the_name_of_a_known_player",
    ],
    "W8": [
        "tests/accounts/test_preferences.py::PreferenceTests::test_an_opt_out_is_never_refused",
        f"{WISHES}::test_a_no_counts_whatever_stands_beside_it",
        "tests/web/test_stop.py::FormTests::test_a_no_counts_beside_a_wrong_time",
    ],
    "W9": [
        f"{API}::ReadTests::test_visitors_see_counts_and_no_names",
        "tests/web/test_names.py::CountsOnlyTests::test_nor_does_somebody_without_a_player",
        "tests/bot/test_commands.py::CommandTests"
        "::test_whoever_has_no_player_finds_none_of_the_others",
        "tests/bot/test_evening_commands.py::LookingCommandTests"
        "::test_the_queue_names_people_only_to_players",
    ],
    "W10": [
        "tests/accounts/test_preferences.py::AuditTests::test_every_action_can_be_written",
        "tests/accounts/test_names.py::NameTests::test_it_is_written_down_that_a_name_changed",
    ],
    "W11": [
        "tests/channels/test_settings.py::test_a_key_is_exactly_32_random_bytes_or_nothing_starts",
        "tests/channels/test_settings.py::test_without_a_key_no_channel_is_switched_on",
    ],
    "W12": [f"{API}::AnswerTests::test_bad_input_gets_a_clear_refusal_and_changes_nothing"],
    "W13": [
        "tests/promotions/test_jobs.py::JobTests"
        "::test_the_job_of_a_dead_worker_is_run_again_after_its_lease"
    ],
    "W15": [
        "tests/ledger/test_claim.py::ClaimTests::test_what_is_too_late_expires_and_is_never_sent",
        f"{PROMOTE}::test_a_late_call_says_only_what_is_still_worth_saying",
        f"{FOLLOW_UP}::AskingTests::test_after_twenty_minutes_it_is_not_asked_at_all",
    ],
    "W16": [
        f"{PROMOTE}::test_a_dry_run_promises_nothing_and_takes_nobodys_place",
        "tests/promotions/test_dry_run.py::DryRunTests"
        "::test_it_has_three_jobs_that_skip_with_the_reason",
        f"{FOLLOW_UP}::AskingTests::test_a_dry_run_asks_nobody",
    ],
    "W14": [f"{AMONG_MANY}::test_who_was_missed_at_first_is_told_in_time"],
    "W20": [f"{AMONG_MANY}::test_a_provider_that_hangs_for_one_holds_nobody_else"],
    "W17": [f"{PROMOTE}::test_another_promoters_call_reminds_nobody_twice"],
    "W18": [
        f"{FOLLOW_UP}::AskingTests::test_without_fresh_news_nobody_is_asked",
        "tests/promotions/test_summary.py::SummaryTests::test_it_counts_and_names_only_who_agreed",
        "tests/bot/test_voice.py::VoiceJourney::test_a_bot_that_is_cut_off_stops_being_believed",
    ],
    "W19": [
        "tests/availability/test_posts.py::PostTests::test_a_missed_minute_is_no_missed_post",
        "tests/availability/test_daily.py::DailyTests::test_a_missed_minute_is_no_missed_question",
    ],
    "W21": [f"{RACES}::test_fifty_confirmations_at_once_make_one_call"],
    "W22": [
        "tests/availability/test_posts.py::PostTests::test_two_looks_promise_one_post",
        "tests/concurrency/test_kept.py::KeptRaceTests::test_twenty_bots_at_once_promise_one_post",
        "tests/bot/test_living_post.py::LivingPostTests"
        "::test_a_crash_after_posting_leaves_one_post",
    ],
    "W23": [
        "tests/availability/test_daily.py::DailyTests"
        "::test_it_asks_those_who_want_it_and_nobody_else",
        "tests/availability/test_pressed.py::QuestionTests"
        "::test_switching_it_off_works_the_next_day_and_without_a_player",
        f"{PROMOTE}::test_it_reminds_nobody_who_did_not_ask",
        f"{WISHES}::test_nothing_is_on_until_somebody_asks",
        f"{FIRST}::test_what_was_on_by_default_was_never_asked_for",
        "tests/ledger/test_not_too_much.py::NotTooMuchTests"
        "::test_a_session_ready_notice_is_for_those_who_switched_it_on",
        "tests/bot/test_reached_commands.py::UnsubscribeCommandTests"
        "::test_it_really_stops_what_was_promised_for_tonight",
    ],
    "W24": [
        "tests/bot/test_reminders.py::ReminderJourney"
        "::test_closed_direct_messages_fail_with_the_reason"
    ],
    "W25": [
        "tests/promotions/test_followup_report.py::ReportTests::test_what_failed_before_stays_partial"
    ],
    "W26": [
        "tests/accounts/test_preferences.py::LinkTests::test_a_link_is_one_row_for_every_door",
        f"{LEAVING}::UnlinkPlayerTests::test_it_is_gone_for_every_door_and_does_not_come_back",
        f"{WHO}::test_unlinking_leaves_no_right_behind",
    ],
    "W27": [
        f"{LEAVING}::UnlinkDiscordTests::test_nothing_of_the_person_is_called_any_more",
        f"{LEAVING}::UnlinkPlayerTests::test_what_is_ahead_ends_with_it",
    ],
    "W28": [
        f"{HANDLES}::CodeTests::test_a_new_code_voids_the_older_one_and_leaves_the_link_alone",
        f"{LINKING}::test_after_unlinking_nothing_sent_from_there_counts",
        "tests/channels/test_pressing.py::CallJourney::test_after_unlinking_its_buttons_are_dead",
        "tests/web/test_once.py::OnceTests"
        "::test_after_unlinking_or_moving_to_another_number_it_is_dead",
    ],
    "W29": [
        f"{HANDLES}::AddressTests::test_only_what_a_channel_calls_an_account_becomes_an_address"
    ],
    "W30": [
        f"{HANDLES}::AddressTests::test_what_is_kept_cannot_be_read",
        "tests/accounts/test_handles_keys.py::ReadinessTests::test_a_wrong_key_turns_readiness_red",
        "tests/channels/test_sending.py::SendingTests"
        "::test_an_address_that_no_key_opens_is_named_and_the_next_channel_tried",
        "tests/channels/test_secrets.py::SecretsJourney"
        "::test_no_log_and_no_table_holds_an_address_or_a_token",
    ],
    "W31": [
        f"{ROOM_RACES}::OpeningRaceTests::test_fifty_creates_at_once_make_one_room",
        "tests/concurrency/test_rooms_thread.py::ThreadRaceTests"
        "::test_twenty_bots_at_once_promise_one_thread_and_one_begins_it",
        "tests/bot/test_room_thread.py::ThreadJourney::test_a_private_thread_with_whoever_is_in_the_room",
        "tests/bot/test_room_thread_once.py::OnceJourney::test_a_crash_after_it_was_begun_leaves_one_thread",
        "tests/rooms/test_ping.py::PingTests::test_for_fifteen_minutes_nobody_presses_again",
    ],
    "W32": [
        f"{ROOM_API}::LockedTests"
        "::test_it_says_the_same_number_wherever_it_says_how_many_are_missing",
        "tests/rooms/test_ping.py::PingTests::test_with_enough_nobody_is_asked",
        "tests/web/test_sound.py::RoomTests::test_it_says_how_many_it_takes_and_leads_nowhere_yet",
        "tests/web/test_room.py::BeforeTests::test_it_says_how_many_it_takes_as_tonight_does",
        "tests/bot/test_written_commands.py::WrittenTests::test_status_says_tonight_and_tomorrow",
    ],
    "W33": [
        "tests/rooms/test_balancing.py::FairTests"
        "::test_sides_are_equal_in_size_whatever_the_ratings",
        "tests/rooms/test_balance.py::test_the_sides_are_equal_in_size_whatever_the_ratings_are",
    ],
    "W34": [
        f"{SIGN_IN}::FaultTests::test_another_browser_cannot_end_it",
        f"{LIMITS}::AddressTests::test_behind_one_the_last_entry_counts",
        f"{LIMITS}::SignInLimitTests::test_too_many_sign_ins_are_refused_whatever_the_header_says",
    ],
    "W35": [
        "tests/accounts/test_preferences.py::PreferenceTests::test_only_what_is_named_changes",
        "tests/accounts/test_preferences.py::PreferenceTests::test_a_zone_must_exist",
        f"{WISHES}::test_what_is_not_named_stays",
    ],
    "W36": [
        "tests/web/test_room_speed.py::RoomQueriesTests::test_for_an_editor",
        f"{ROOM_API}::ReadTests::test_it_costs_the_same_for_seven_and_for_forty",
        "tests/rooms/test_balancing.py::FairTests"
        "::test_a_proposal_costs_the_same_for_six_and_for_forty",
        "tests/web/test_calling.py::PreviewFactsTests"
        "::test_the_questions_to_the_database_do_not_grow_with_the_people",
        f"{API}::ReadTests::test_it_costs_the_same_for_one_and_for_sixty",
        "tests/availability/test_commands.py::CommandTests"
        "::test_the_queue_costs_the_same_for_one_and_for_twenty",
        "tests/rooms/test_draft.py"
        "::PickTests::test_reading_takes_four_queries_however_many_there_are",
    ],
    "W37": ["tests/test_defects.py::test_no_table_is_made_at_run_time"],
    "W38": [
        "tests/accounts/test_preferences.py::LinkTests::test_a_link_is_written_whole_or_not",
        f"{LEAVING}::UnlinkPlayerTests::test_it_is_done_whole_or_not",
    ],
    "W39": [
        "tests/bot/test_leaving.py::LeavingTests"
        "::test_everything_that_runs_beside_the_bot_has_ended_when_it_has_left"
    ],
    **OF_RAIDS,
}

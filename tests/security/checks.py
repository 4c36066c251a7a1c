"""Every line that we promised to check of the security standard (ASVS 5.0, levels 1 and 2): the tests that look at it, or why it is not applicable.

`tests/security/test_checks_are_there.py` fails for a line that is missing here, and for a test that is
missing there. A test of a class is named with it; a module's function alone.
"""

ACCOUNTS, WEB, API, WHOLE = "tests/accounts", "tests/web", "tests/api", "tests/whole"
HERE = "tests/security"
SIGN_IN = f"{ACCOUNTS}/test_sign_in.py"
HARD = f"{ACCOUNTS}/test_sign_in_hardening.py"
ROLES = f"{ACCOUNTS}/test_roles.py"
HANDLES = f"{ACCOUNTS}/test_handles.py"
LIVE = f"{HERE}/test_security_check.py"
SOUND = f"{LIVE}::SoundTests::test_the_site_as_it_is_passes_every_check"
PROXIED = f"{LIVE}::SoundTests::test_and_so_it_does_behind_a_proxy_with_https"
BROKEN = f"{LIVE}::BrokenTests::test_each_check_sees_what_it_is_for"
CANARIES = f"{WHOLE}/test_canaries.py::CanaryJourney::test_nobody_finds_what_is_not_theirs"
PRESSES = "tests/raids_bot/test_presses.py"
LEAVING = f"{ACCOUNTS}/test_leaving.py"

CHECKS: dict[str, list[str]] = {
    "OAuth state, PKCE": [
        f"{SIGN_IN}::WayToDiscordTests::test_it_asks_who_you_are_with_pkce_and_nothing_else",
        f"{SIGN_IN}::WayBackTests::test_the_verifier_goes_over_the_wire_once",
        f"{SIGN_IN}::FaultTests::test_a_state_that_is_missing_or_foreign_is_refused",
        f"{SIGN_IN}::FaultTests::test_another_browser_cannot_end_it",
        f"{SIGN_IN}::FaultTests::test_a_state_works_once",
        f"{SIGN_IN}::FaultTests::test_a_state_ends_after_its_time",
        SOUND,
    ],
    "login CSRF": [
        f"{SIGN_IN}::WayToDiscordTests::test_a_link_does_not_start_it",
        f"{SIGN_IN}::WayToDiscordTests::test_it_wants_the_csrf_token",
        SOUND,
    ],
    "redirect allowlist, open redirect": [
        f"{HARD}::NextTests::test_nobody_is_led_to_another_site",
        f"{SIGN_IN}::WayToDiscordTests::test_an_address_outside_the_allowlist_is_refused_in_words",
        PROXIED,
    ],
    "account linking": [
        f"{WEB}/test_linking.py::ChoosingTests::test_a_taken_player_stays_with_who_has_it",
        f"{LEAVING}::UnlinkDiscordTests::test_it_takes_a_fresh_sign_in",
        f"{SIGN_IN}::WayBackTests::test_whoever_the_bot_met_is_the_same_person",
        f"{SIGN_IN}::OtherWaysInTests::test_there_is_no_other_sign_up",
    ],
    "session fixation / logout": [
        f"{SIGN_IN}::WayBackTests::test_the_session_key_changes",
        f"{SIGN_IN}::WayBackTests::test_signing_in_as_somebody_else_leaves_nothing_of_the_first",
        f"{SIGN_IN}::OtherWaysInTests::test_signing_out_takes_a_press",
        f"{LEAVING}::EraseTests::test_every_session_ends_at_once",
        f"{HERE}/test_sessions.py::SessionTests::test_what_was_ended_opens_nothing",
    ],
    "timeouts": [
        f"{HERE}/test_sessions.py::SessionTests::test_a_session_ends_after_two_weeks",
        f"{ROLES}::SecondFactorTests::test_it_ends_after_twelve_hours",
    ],
    "cookies": [
        PROXIED,
        f"{HERE}/test_hardening.py::test_cookies_are_bound_to_the_host_where_they_are_secure",
        "tests/test_settings.py::test_an_address_with_https_protects_the_cookies",
    ],
    "CSRF": [
        f"{LIVE}::SoundTests::test_every_route_needs_our_own_token",
        f"{API}/test_guards.py::GuardTests::test_every_unsafe_one_needs_the_token_and_the_header",
        f"{HERE}/test_reading.py::ReadingTests::test_looking_changes_nothing",
        f"{HERE}/test_reading.py::test_only_what_bears_a_secret_is_without_the_token",
    ],
    "headers": [
        SOUND,
        PROXIED,
        f"{HERE}/test_hardening.py::HeaderTests::test_a_file_carries_the_policy_too",
        f"{WEB}/test_faults.py::FaultTests::test_every_page_forbids_inline_code",
        f"{WEB}/test_faults.py::FaultTests::test_pages_of_people_are_kept_nowhere",
    ],
    "rate limits": [
        f"{ACCOUNTS}/test_limits.py::SignInLimitTests"
        "::test_too_many_sign_ins_are_refused_whatever_the_header_says",
        f"{ROLES}::SecondFactorTests::test_passwords_are_not_guessed_for_long",
        "tests/concurrency/test_limits.py::LimitRaceTests"
        "::test_fifty_tries_at_once_are_allowed_as_often_as_one_after_another",
        BROKEN,
    ],
    "enumeration": [
        f"{HERE}/test_enumeration.py::VisitorTests::test_an_operator_is_no_other_than_nobody",
        f"{HERE}/test_enumeration.py::VisitorTests"
        "::test_a_calendar_that_was_revoked_was_never_there",
        f"{HERE}/test_enumeration.py::MemberTests::test_a_raid_elsewhere_is_no_raid",
        f"{HERE}/test_enumeration.py::CodeTests::test_in_a_chat",
        f"{HERE}/test_enumeration.py::CodeTests::test_over_a_bridge",
    ],
    "IDOR": [
        "tests/test_matrix.py::MatrixTests::test_each_role_gets_what_the_table_says",
        "tests/test_matrix.py::test_every_route_is_in_the_table",
        "tests/test_matrix_admin.py::AdminMatrixTests::test_nobody_else_gets_past_the_sign_in",
        f"{HERE}/test_others.py::OthersTests::test_nobody_reaches_what_is_anothers",
        f"{HERE}/test_sending.py::test_every_door_of_the_matrix_is_in_the_table",
    ],
    "mass assignment": [
        f"{HERE}/test_mass_assignment.py::MassAssignmentTests"
        "::test_every_door_takes_what_it_asks_for_and_nothing_else",
        f"{HERE}/test_mass_assignment.py::AdminTests"
        "::test_forms_of_the_admin_have_the_columns_that_they_should",
        f"{HERE}/test_mass_assignment.py::AdminTests"
        "::test_promoters_change_nothing_there_whatever_they_send",
    ],
    "output": [f"{HERE}/test_markup.py::test_what_people_write_is_never_an_element"],
    "least data": [CANARIES],
    "logs": [
        CANARIES,
        "tests/channels/test_secrets.py::SecretsJourney"
        "::test_no_log_and_no_table_holds_an_address_or_a_token",
        "tests/test_redact.py::test_a_token_is_hidden_wherever_it_stands",
        f"{HARD}::FreshTests::test_neither_code_nor_token_is_written_into_the_log",
    ],
    "secrets": [
        "tests/test_settings.py::test_debug_is_refused_in_production",
        "tests/test_settings.py::test_a_default_or_short_secret_is_refused_in_production",
        f"{HERE}/test_scan_secrets.py::test_what_was_taken_out_again_is_found_and_not_shown",
        SOUND,
    ],
    "token hashing": [
        f"{HANDLES}::CodeTests::test_a_code_is_kept_as_a_hash_and_lives_ten_minutes",
        f"{HANDLES}::CodeTests::test_a_code_is_for_its_channel",
        "tests/concurrency/test_codes.py::CodeRaceTests"
        "::test_fifty_redemptions_at_once_make_one_link",
    ],
    "encryption, rotation": [
        f"{HANDLES}::AddressTests::test_what_is_kept_cannot_be_read",
        f"{ACCOUNTS}/test_handles_keys.py::RotationTests"
        "::test_it_says_how_far_it_is_and_the_older_key_opens_nothing_afterwards",
        f"{ACCOUNTS}/test_handles_keys.py::test_a_kill_in_the_middle_loses_nothing",
        f"{ACCOUNTS}/test_handles_keys.py::ReadinessTests::test_a_wrong_key_turns_readiness_red",
        "tests/channels/test_settings.py::test_a_key_is_exactly_32_random_bytes_or_nothing_starts",
    ],
    "dependencies": [
        f"{HERE}/test_packages.py::test_the_bill_names_every_pin_and_is_as_cyclonedx_wants_it",
        f"{HERE}/test_packages.py::test_a_known_fault_is_named_and_red",
        f"{HERE}/test_packages.py::test_what_was_not_asked_is_not_called_sound",
    ],
    "admin 2FA": [
        f"{ROLES}::SecondFactorTests::test_a_password_alone_opens_nothing",
        f"{ROLES}::SecondFactorTests::test_the_next_session_shows_a_code_that_was_not_used",
        f"{ROLES}::SecondFactorTests::test_a_recovery_code_works_once",
        f"{ROLES}::test_production_wants_it",
    ],
    "DoS": [
        SOUND,
        f"{HERE}/test_hardening.py::FileTests::test_megabytes_in_parts_are_refused",
        f"{WEB}/test_corpus.py::FormsTests::test_a_megabyte_and_ten_thousand_fields",
    ],
    "exposure": [
        SOUND,
        "tests/test_health.py::test_a_healthy_site_says_so",
        f"{API}/test_routes.py::RouteTests::test_the_page_of_the_api_loads_nothing_from_outside",
    ],
    "Client-wide `AllowedMentions.none()`": [
        "tests/standin/test_messages.py::CreateTests"
        "::test_it_refuses_a_message_that_does_not_say_whom_it_may_ping",
        f"{HERE}/test_fuzz_commands.py::CommandFuzzTests::test_every_option_of_every_command",
    ],
    "Team, room and player names": [
        "tests/rooms/test_names.py::test_what_nobody_sees_is_left_out",
        "tests/bot/test_room_presses.py::CorpusJourney"
        "::test_whatever_is_written_as_a_name_becomes_nothing_else",
    ],
    "Interactions": [
        "tests/bot/test_room_presses.py::PressJourney"
        "::test_a_made_up_id_is_refused_and_changes_nothing",
        f"{PRESSES}::PressTests::test_a_made_up_button_does_nothing",
        f"{PRESSES}::PressTests::test_a_press_that_discord_tells_twice_counts_once",
    ],
    "Token": [
        "tests/bot/test_start.py::RefusedTests::test_a_token_that_is_not_accepted_is_never_shown",
        f"{WHOLE}/test_leader.py"
        "::test_a_bot_that_crashes_again_and_again_identifies_ever_more_slowly",
    ],
    "Telegram webhook": [
        "tests/channels/test_webhook.py::DoorTests::test_both_secrets_must_be_right",
        "tests/channels/test_webhook.py::DoorTests"
        "::test_an_update_that_is_told_ten_times_counts_once",
        "tests/channels/test_linking.py::LinkingJourney"
        "::test_a_stranger_learns_how_to_link_and_nothing_else",
    ],
    "Signal daemon": ["tests/channels/test_settings.py::test_signal_is_asked_where_we_say"],
    "Privacy": [
        f"{ACCOUNTS}/test_belongings.py::test_every_path_to_a_person_is_erased_or_says_why_not",
        f"{LEAVING}::EraseTests::test_nothing_in_the_database_leads_to_them",
        f"{LEAVING}::EraseTests::test_a_restored_backup_can_be_told",
        f"{LEAVING}::EraseTests::test_the_export_holds_what_we_keep_and_nobody_else",
        f"{ACCOUNTS}/test_retention.py::RetentionTests"
        "::test_the_words_go_after_thirty_days_and_the_row_stays",
    ],
}
# Of a line, the part that there is not here, and why.
NOT_APPLICABLE = {
    "output: CSV export cells": "nothing is exported as CSV; the export is JSON",
    "enumeration: room code": "a room has no code; it is the evening's, and every player may enter",
    "timeouts: list sessions": "one presses sign out, or unlinks Discord, which ends every session",
    "timeouts: idle": "two weeks from the sign-in, used or not; the admin's factor lasts twelve hours",
    "account linking: 409": "Discord's id is the account: signing in with it is that person, never a second",
    "DoS: slow client": "the proxy's matter; `security_check` asks it at its https address",
    "secrets: .env 0600": "the operator's folder; docs/operations.md and the systemd units say so",
    "secrets: gitleaks": "`make secrets` looks through the history instead",
    "admin 2FA: WebAuthn": "codes of an app and on paper; the application itself trusts Discord's sign-in",
    "Interactions: HTTP": "presses come over the gateway alone, so there is no signature to check",
    "exposure: docs": "/api/docs is public on purpose: it loads nothing foreign and shows no data",
}

"""Every variable that Slomix or its predecessors know, and what became of it.

A test that sees the product behave differently; or "later, with …"; or "dropped, because …".
"""

VARIABLES: dict[str, str] = {
    # What kind of place this is
    "BOT_ENVIRONMENT": "tests/test_settings.py::test_there_are_two_kinds_of_places",
    "DEBUG": "tests/test_settings.py::test_debug_is_refused_in_production",
    "SECRET_KEY": "tests/test_settings.py::test_a_default_or_short_secret_is_refused_in_production",
    "LEDGER_KEY": "tests/test_switches.py::test_another_ledger_key_names_everybody_anew",
    "LOG_LEVEL": "tests/test_settings.py::test_the_log_level_can_be_changed",
    "SLOMIX_VAR": "tests/test_settings.py::test_everything_we_write_is_in_one_folder",
    "SLOMIX_ENV_FILE": "tests/test_settings.py::test_another_env_file_can_be_named",
    # Where people find us
    "WEBSITE_HOST": "tests/test_settings.py::test_host_and_port_make_the_address",
    "WEBSITE_PORT": "tests/test_settings.py::test_host_and_port_make_the_address",
    "FRONTEND_ORIGIN": "tests/test_settings.py::test_an_address_with_https_protects_the_cookies",
    "TRUSTED_HOSTS": "tests/test_settings.py::test_trusted_hosts_are_the_only_ones",
    "CSRF_ALLOWED_ORIGINS": "tests/test_settings.py::test_other_origins_may_post_forms_when_named",
    "SESSION_HTTPS_ONLY": (
        "tests/test_settings.py::test_secure_cookies_can_be_asked_for_behind_a_proxy"
    ),
    "SLOMIX_LANGUAGE": "tests/test_settings.py::test_the_community_has_a_language_of_its_own",
    # Who is told when something is wrong
    "ALERT_WEBHOOK_URL": "tests/watching/test_telling.py::test_a_webhook_hears_of_it_once",
    "ALERT_PING_URL": "tests/watching/test_pings.py::test_a_run_that_went_well_is_told_outside_once",
    "ALERT_TRIAL_TO": "tests/watching/test_trial.py::test_it_goes_to_one_person_once_a_day",
    "ALERT_TRIAL_TIME": "tests/watching/test_trial.py::test_it_goes_to_one_person_once_a_day",
    "ALERT_MAIL_TO": "tests/watching/test_telling.py::test_a_mail_says_the_same",
    "ALERT_MAIL_FROM": "tests/watching/test_settings.py::test_a_mail_comes_from_the_site",
    "EMAIL_URL": "tests/watching/test_settings.py::test_a_mail_server_is_one_address",
    "ALERT_RUN_SECONDS": "tests/watching/test_settings.py::test_patience_can_be_shorter",
    "ALERT_SILENT_SECONDS": "tests/watching/test_settings.py::test_patience_can_be_shorter",
    "METRICS_TOKEN": "tests/watching/test_metrics.py::test_a_program_shows_its_token",
    "LOG_FORMAT": "tests/watching/test_json_lines.py::test_the_log_can_be_lines_of_json",
    # Backups
    "BACKUP_DIR": "tests/backup/test_settings.py::test_backups_lie_where_they_are_told_to",
    "BACKUP_INTERVAL_SECONDS": "tests/backup/test_schedule.py::test_zero_means_never",
    "BACKUP_KEEP_DAYS": "tests/backup/test_settings.py::test_days_and_weeks_are_counted_apart",
    "BACKUP_KEEP_WEEKS": "tests/backup/test_settings.py::test_days_and_weeks_are_counted_apart",
    "RESTORE_DRILL_INTERVAL_SECONDS": "tests/backup/test_schedule.py::test_zero_means_never",
    # Servers
    "DATABASE_URL": "tests/test_settings.py::test_postgresql_is_read_from_one_address",
    "MIGRATOR_DATABASE_URL": (
        "tests/outages/test_roles.py::test_the_owner_is_another_user_of_the_same_database"
    ),
    "REDIS_URL": "tests/test_settings.py::test_redis_is_broker_and_cache_at_once",
    "SLOMIX_RESTART_COMMAND": (
        "tests/upgrading/test_upgrade.py::test_the_operators_own_command_restarts_the_parts"
    ),
    # Signing in and levels
    "DISCORD_CLIENT_ID": "tests/test_club_settings.py::test_the_application_is_told_to_the_sign_in",
    "DISCORD_CLIENT_SECRET": (
        "tests/test_club_settings.py::test_the_application_is_told_to_the_sign_in"
    ),
    "DISCORD_REDIRECT_URI": (
        "tests/test_club_settings.py::test_the_way_back_is_ours_unless_another_one_is_named"
    ),
    "DISCORD_REDIRECT_URI_ALLOWLIST": (
        "tests/test_club_settings.py::"
        "test_the_list_of_ways_back_is_not_widened_by_the_configured_one"
    ),
    "DISCORD_OAUTH_STATE_TTL_SECONDS": (
        "tests/test_switches.py::test_a_sign_in_that_took_too_long_is_stale"
    ),
    "DISCORD_OAUTH_RATE_LIMIT_WINDOW_SECONDS": (
        "tests/accounts/test_limits.py::test_the_window_can_be_shorter"
    ),
    "DISCORD_OAUTH_RATE_LIMIT_MAX_REQUESTS": (
        "tests/accounts/test_limits.py::test_too_many_sign_ins_are_refused_whatever_the_header_says"
    ),
    "TRUSTED_PROXY_COUNT": "tests/accounts/test_limits.py::test_behind_one_the_last_entry_counts",
    "PROMOTER_DISCORD_IDS": "tests/test_switches.py::test_whoever_is_on_the_list_may_call",
    "ADMIN_DISCORD_IDS": "tests/test_switches.py::test_an_admin_may_call_too",
    "WEBSITE_ADMIN_DISCORD_IDS": (
        "tests/test_club_settings.py::"
        "test_the_older_name_for_admins_is_understood_but_not_contradicted"
    ),
    "DISCORD_INVITE_URL": (
        "tests/web/test_reached.py::test_whoever_is_not_on_our_server_is_invited_there"
    ),
    # The bot
    "DISCORD_BOT_TOKEN": "tests/test_switches.py::test_the_bot_can_be_asked_whether_it_would_start",
    "DISCORD_GUILD_ID": (
        "tests/test_switches.py::test_a_bot_without_a_guild_is_stopped_by_its_number"
    ),
    "BOT_STARTUP_VALIDATE_ONLY": (
        "tests/test_switches.py::test_the_bot_can_be_asked_whether_it_would_start"
    ),
    "DISCORD_REQUESTS_PER_SECOND": "tests/test_switches.py::test_the_pace_is_ours_to_choose",
    "DISCORD_BASE_URL": "tests/test_club_settings.py::test_another_discord_is_for_development_only",
    "DISCORD_GATEWAY_URL": (
        "tests/test_club_settings.py::test_another_discord_is_for_development_only"
    ),
    "DISCORD_CDN_URL": "tests/test_club_settings.py::test_another_discord_is_for_development_only",
    # The evening
    "AVAILABILITY_PROMOTION_TIMEZONE": (
        "tests/test_club_settings.py::test_the_evening_is_in_the_zone_that_is_named"
    ),
    "AVAILABILITY_POLL_TIMEZONE": (
        "tests/test_club_settings.py::test_the_posts_zone_is_the_evenings"
    ),
    "AVAILABILITY_PROMOTION_REMINDER_TIME": (
        "tests/test_club_settings.py::test_the_evening_moves_with_its_two_times"
    ),
    "AVAILABILITY_PROMOTION_START_TIME": (
        "tests/test_club_settings.py::test_the_evening_moves_with_its_two_times"
    ),
    "AVAILABILITY_SESSION_READY_THRESHOLD": (
        "tests/test_switches.py::test_the_threshold_decides_when_we_play"
    ),
    "AVAILABILITY_POLL_THRESHOLD": (
        "tests/test_club_settings.py::test_one_threshold_under_two_names"
    ),
    "AVAILABILITY_PROMOTION_ENABLED": "tests/test_switches.py::test_calls_can_be_switched_off",
    "AVAILABILITY_PROMOTION_GLOBAL_COOLDOWN": (
        "tests/test_switches.py::test_an_evening_can_be_called_by_one_promoter_only"
    ),
    "AVAILABILITY_PROMOTION_DRY_RUN_DEFAULT": (
        "tests/test_switches.py::test_a_call_can_be_dry_unless_said_otherwise"
    ),
    "AVAILABILITY_VOICE_CHECK_DELAY_SECONDS": (
        "tests/test_switches.py::test_the_follow_up_waits_as_long_as_we_say"
    ),
    "AVAILABILITY_POLL_ENABLED": "tests/test_switches.py::test_without_the_switch_there_is_no_post",
    "AVAILABILITY_POLL_CHANNEL_ID": (
        "tests/test_switches.py::test_the_post_comes_at_its_time_and_in_its_channel"
    ),
    "AVAILABILITY_POLL_POST_TIME": (
        "tests/test_switches.py::test_the_post_comes_at_its_time_and_in_its_channel"
    ),
    "AVAILABILITY_PLANNING_DISCORD_CREATE_THREAD": (
        "tests/test_planning_settings.py::test_a_thread_is_begun_only_where_that_is_wanted"
    ),
    "AVAILABILITY_PLANNING_THREAD_PARENT_CHANNEL_ID": (
        "tests/test_planning_settings.py::test_a_thread_is_begun_only_where_that_is_wanted"
    ),
    "AVAILABILITY_PLANNING_DISCORD_BOT_TOKEN": (
        "tests/test_planning_settings.py"
        "::test_a_second_bot_for_threads_is_refused_without_showing_its_token"
    ),
    "AVAILABILITY_PLANNING_PICK_SECONDS": (
        "tests/test_planning_settings.py::test_how_long_things_last_in_the_room_is_ours_to_choose"
    ),
    "AVAILABILITY_PLANNING_OFFER_SECONDS": (
        "tests/test_planning_settings.py::test_how_long_things_last_in_the_room_is_ours_to_choose"
    ),
    "AVAILABILITY_PLANNING_PING_COOLDOWN_SECONDS": (
        "tests/test_planning_settings.py::test_how_long_things_last_in_the_room_is_ours_to_choose"
    ),
    "AVAILABILITY_EVENT_MIRROR_ENABLED": (
        "tests/availability/test_mirror.py::test_without_the_switch_no_event_is_planned"
    ),
    # What is said without a call
    "AVAILABILITY_MULTICHANNEL_ENABLED": (
        "tests/test_prompt_settings.py::test_everything_without_a_call_can_be_switched_off"
    ),
    "AVAILABILITY_DAILY_REMINDER_TIME": (
        "tests/test_prompt_settings.py::test_the_daily_question_comes_before_the_evening"
    ),
    "AVAILABILITY_NUDGES_A_WEEK": (
        "tests/test_prompt_settings.py::test_nobody_is_nudged_more_often_than_we_say"
    ),
    "AVAILABILITY_DISCORD_CHANNEL_ANNOUNCE_ENABLED": (
        "tests/test_prompt_settings.py::test_that_we_play_is_said_in_a_channel_where_that_is_wanted"
    ),
    "AVAILABILITY_DISCORD_ANNOUNCE_CHANNEL_ID": (
        "tests/test_prompt_settings.py::test_that_we_play_is_said_in_a_channel_where_that_is_wanted"
    ),
    # The ready check
    "AVAILABILITY_PROMOTION_VOICE_CHECK_ENABLED": (
        "tests/test_ready_settings.py::test_the_check_can_be_switched_off"
    ),
    "AVAILABILITY_PROMOTION_SERVER_CHECK_ENABLED": (
        "tests/test_ready_settings.py::test_the_game_server_can_be_left_out"
    ),
    "AVAILABILITY_PROMOTION_FOLLOWUP_CHANNEL_ID": (
        "tests/test_ready_settings.py::test_the_summary_goes_where_everything_else_is_said"
    ),
    "AVAILABILITY_VOICE_CHECK_GRACE_SECONDS": (
        "tests/test_ready_settings.py::test_whoever_comes_has_as_long_as_we_say"
    ),
    "AVAILABILITY_VOICE_CHANNEL_IDS": (
        "tests/test_ready_settings.py::test_channels_are_named_by_their_ids"
    ),
    # The game server
    "GAME_SERVER_ADDRESS": "tests/bot/test_game.py::test_the_game_server_is_a_host_and_a_port",
    # Telegram, Signal, and people's addresses
    "CONTACT_DATA_ENCRYPTION_KEY": (
        "tests/channels/test_settings.py::test_a_key_is_exactly_32_random_bytes_or_nothing_starts"
    ),
    "AVAILABILITY_LINK_TOKEN_TTL_MINUTES": "tests/channels/test_settings.py::test_a_code_lives_as_long_as_we_say",
    "AVAILABILITY_LINK_TOKEN_MIN_INTERVAL_SECONDS": (
        "tests/channels/test_settings.py::test_codes_come_no_faster_than_we_say"
    ),
    "AVAILABILITY_TELEGRAM_ENABLED": "tests/channels/test_settings.py::test_a_token_switches_telegram_on_unless_told_otherwise",
    "AVAILABILITY_TELEGRAM_BOT_TOKEN": "tests/channels/test_settings.py::test_a_token_switches_telegram_on_unless_told_otherwise",
    "TELEGRAM_BOT_TOKEN": "tests/channels/test_settings.py::test_two_tokens_are_refused_without_being_shown",
    "AVAILABILITY_TELEGRAM_API_BASE_URL": "tests/channels/test_settings.py::test_another_telegram_is_for_development_only",
    "INTERNAL_API_SECRET": "tests/channels/test_bridge.py::test_only_the_bridge_may_confirm",
    "AVAILABILITY_TELEGRAM_WEBHOOK_SECRET": (
        "tests/channels/test_webhook.py::test_both_secrets_must_be_right"
    ),
    "AVAILABILITY_SIGNAL_ENABLED": "tests/channels/test_settings.py::test_a_number_switches_signal_on_unless_told_otherwise",
    "AVAILABILITY_SIGNAL_SENDER": "tests/channels/test_settings.py::test_a_number_switches_signal_on_unless_told_otherwise",
    "AVAILABILITY_SIGNAL_DAEMON_URL": "tests/channels/test_settings.py::test_signal_is_asked_where_we_say",
    "AVAILABILITY_TELEGRAM_MIN_INTERVAL": (
        "dropped, because the pace is one row for all processes, at what the provider takes"
    ),
    "AVAILABILITY_SIGNAL_MIN_INTERVAL": (
        "dropped, because the pace is one row for all processes, at what the provider takes"
    ),
    "AVAILABILITY_TELEGRAM_MAX_RETRIES": (
        "dropped, because what certainly did not arrive is tried until its deadline, the rest never"
    ),
    "AVAILABILITY_SIGNAL_MAX_RETRIES": (
        "dropped, because what certainly did not arrive is tried until its deadline, the rest never"
    ),
    "AVAILABILITY_TELEGRAM_TIMEOUT": "dropped, because ten seconds are part of the lease",
    "AVAILABILITY_SIGNAL_TIMEOUT": "dropped, because ten seconds are part of the lease",
    "AVAILABILITY_SIGNAL_MODE": "dropped, because Signal is reached through signal-cli's REST server",
    "AVAILABILITY_SIGNAL_CLI_PATH": "dropped, because no command is run with an address in it",
    # Later: raids
    "PRIVILEGED_USER_ID": (
        "tests/raids/test_policy.py::test_the_owner_that_is_named_may_what_no_admin_may"
    ),
    "RAID_REMINDER_MINUTES": ("tests/raids/test_reminders.py::test_how_long_before_can_be_chosen"),
    "LOG_GUILD_ID": ("tests/operating/test_log_lines.py::test_it_is_off_unless_a_channel_is_named"),
    "LOG_CHANNEL_ID": (
        "tests/operating/test_log_lines.py::test_it_is_off_unless_a_channel_is_named"
    ),
    "DISCORD_LOG_LEVEL": (
        "tests/operating/test_log_lines.py::test_the_least_important_that_is_shown_can_be_chosen"
    ),
    "RAIDLIST_DEBUG_CHANNEL_ID": (
        "tests/raids_bot/test_mirrors.py::test_copies_are_off_unless_a_channel_is_named"
    ),
    "MEMBERLIST_DEBUG_CHANNEL_ID": (
        "tests/raids_bot/test_mirrors.py::test_copies_are_off_unless_a_channel_is_named"
    ),
    "MESSAGE_XP_COOLDOWN_SECONDS": (
        "tests/levels/test_earning.py::test_the_cooldown_can_be_chosen_and_be_none"
    ),
    "SELF_TEST_INTERVAL_SECONDS": (
        "tests/levels/test_settings.py::test_the_self_test_is_not_run_more_than_twice_a_minute"
    ),
    "VOICE_XP_AFK": "tests/levels/test_settings.py::test_what_counts_in_voice_can_be_chosen",
    "VOICE_XP_ALONE": "tests/levels/test_settings.py::test_what_counts_in_voice_can_be_chosen",
    "ENABLE_MESSAGE_CONTENT_INTENT": (
        "tests/levels/test_settings.py::test_what_people_write_is_asked_for_only_when_told"
    ),
    # Later: throttles and operations
    "RATE_LIMIT_ENABLED": "later, with throttles",
    "RATE_LIMIT_WINDOW": "later, with throttles",
    "RATE_LIMIT_REQUESTS": "later, with throttles",
    "RATE_LIMIT_TRUSTED_PROXIES": "later, with throttles",
    # Dropped
    "AVAILABILITY_POLL_REMINDER_TIMES": (
        "dropped, because an evening has one reminder and one start, under the names above"
    ),
    "AVAILABILITY_PROMOTION_JOB_MAX_ATTEMPTS": (
        "dropped, because a job is a lease that is taken again until its rows are too late"
    ),
    "AVAILABILITY_SCHEDULER_LOCK_KEY": (
        "dropped, because every piece of work is claimed by itself and needs no lock around all"
    ),
    "AVAILABILITY_NOTIFICATION_MAX_ATTEMPTS": (
        "dropped, because a message is tried until its deadline, and never after"
    ),
    "AVAILABILITY_NOTIFICATION_RETRY_BACKOFF_SECONDS": (
        "dropped, because the provider's own answer says how long to wait"
    ),
    "AVAILABILITY_NOTIFICATION_MAX_RETRY_BACKOFF": (
        "dropped, because the deadline bounds every wait"
    ),
    "AVAILABILITY_DISCORD_DM_ENABLED": (
        "dropped, because everybody chooses their own channels, and Discord is one of them"
    ),
    "AVAILABILITY_NOTIFICATION_CLAIM_TIMEOUT": (
        "dropped, because the lease is a promise of the design and not a taste"
    ),
    "AVAILABILITY_PLANNING_FAKE_ROOM": "dropped, because the demo has a community of its own",
    "OWNER_USER_ID": "dropped, because ADMIN_DISCORD_IDS says the same",
    "PUBLIC_FRONTEND_ORIGIN": "dropped, because FRONTEND_ORIGIN says the same",
    "SESSION_SECRET": "dropped, because SECRET_KEY says the same",
    "DISCORD_TOKEN": "dropped, because DISCORD_BOT_TOKEN says the same",
    "CSRF_ORIGIN_CHECK_ENABLED": "dropped, because it cannot be switched off",
    "CORS_ORIGINS": "dropped, because the pages and the API are one site",
    "RATE_LIMIT_MAX_TRACKED_KEYS": "dropped, because limits are rows and not memory",
    "DB_ECHO": "dropped, because LOG_LEVEL=DEBUG shows the queries",
}

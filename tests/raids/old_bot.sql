-- The raid bot's ten tables as they are deployed, in words that PostgreSQL and SQLite both know.
CREATE TABLE guild_settings (guild_id BIGINT PRIMARY KEY, participants_channel_id BIGINT, raidlist_channel_id BIGINT, raidlist_message_id BIGINT,
  planner_channel_id BIGINT, guild_name TEXT, default_min_players INTEGER NOT NULL DEFAULT 0, templates_enabled BOOLEAN NOT NULL DEFAULT TRUE,
  template_manager_role_id BIGINT, created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE dungeons (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, short_code TEXT NOT NULL UNIQUE, is_active BOOLEAN NOT NULL DEFAULT TRUE,
  sort_order INTEGER NOT NULL DEFAULT 0, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE raids (id INTEGER PRIMARY KEY, guild_id BIGINT NOT NULL, channel_id BIGINT NOT NULL, creator_id BIGINT NOT NULL, dungeon TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open', created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, message_id BIGINT, min_players INTEGER NOT NULL DEFAULT 4,
  participants_posted BOOLEAN NOT NULL DEFAULT FALSE, temp_role_id BIGINT, temp_role_created BOOLEAN NOT NULL DEFAULT FALSE, display_id INTEGER,
  UNIQUE (guild_id, display_id));
CREATE TABLE raid_options (id INTEGER PRIMARY KEY, raid_id INTEGER NOT NULL REFERENCES raids(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('day', 'time')), label TEXT NOT NULL, created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (raid_id, kind, label));
CREATE TABLE raid_votes (id INTEGER PRIMARY KEY, raid_id INTEGER NOT NULL REFERENCES raids(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('day', 'time')), option_label TEXT NOT NULL, user_id BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP, UNIQUE (raid_id, kind, option_label, user_id));
CREATE TABLE raid_posted_slots (id BIGINT PRIMARY KEY, raid_id BIGINT NOT NULL REFERENCES raids(id) ON DELETE CASCADE, day_label TEXT NOT NULL,
  time_label TEXT NOT NULL, channel_id BIGINT, message_id BIGINT, posted_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (raid_id, day_label, time_label));
CREATE TABLE raid_templates (id INTEGER PRIMARY KEY, guild_id BIGINT NOT NULL REFERENCES guild_settings(guild_id) ON DELETE CASCADE,
  dungeon_id INTEGER NOT NULL REFERENCES dungeons(id) ON DELETE CASCADE, template_name VARCHAR(80) NOT NULL, template_data TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (guild_id, dungeon_id, template_name));
CREATE TABLE raid_attendance (id INTEGER PRIMARY KEY, guild_id BIGINT NOT NULL, raid_display_id INTEGER NOT NULL, dungeon TEXT NOT NULL,
  user_id BIGINT NOT NULL, status VARCHAR(16) NOT NULL DEFAULT 'pending', marked_by_user_id BIGINT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (guild_id, raid_display_id, user_id));
CREATE TABLE user_levels (guild_id BIGINT NOT NULL, user_id BIGINT NOT NULL, xp INTEGER NOT NULL DEFAULT 0, level INTEGER NOT NULL DEFAULT 0,
  username TEXT, updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (guild_id, user_id));
CREATE TABLE debug_mirror_cache (cache_key VARCHAR(96) PRIMARY KEY, kind VARCHAR(32) NOT NULL, guild_id BIGINT NOT NULL, raid_id INTEGER,
  message_id BIGINT NOT NULL, payload_hash VARCHAR(64) NOT NULL, updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP);

-- Kavarna plans; on the other server only attendance is left. Ana makes raids, Bor and Cene vote.
INSERT INTO guild_settings (guild_id, participants_channel_id, raidlist_channel_id, raidlist_message_id, planner_channel_id, guild_name, default_min_players, templates_enabled)
  VALUES (400000000000000001, 12, 13, 99, 11, 'Kavarna', 3, FALSE);
INSERT INTO dungeons (id, name, short_code, is_active, sort_order) VALUES (1, 'Nanos', 'NAN', TRUE, 1), (2, 'Skull', 'SKL', TRUE, 2), (3, 'Void Tower', 'NAN2', FALSE, 9);
-- 17 was typed in another case; 18 and 19 are from before raids had numbers; 20 is over.
INSERT INTO raids (id, guild_id, channel_id, creator_id, dungeon, status, created_at, message_id, min_players, temp_role_id, temp_role_created, display_id) VALUES
  (17, 400000000000000001, 11, 300000000000000001, 'nANOS', 'open', '2026-11-19 18:00:00', 501, 2, 77, TRUE, 3),
  (18, 400000000000000001, 11, 300000000000000001, 'Skull', 'open', '2026-11-18 18:00:00', 502, 0, NULL, FALSE, NULL),
  (19, 400000000000000001, 11, 300000000000000002, 'Kraken', 'open', '2026-11-18 19:00:00', NULL, 1, NULL, FALSE, NULL),
  (20, 400000000000000001, 11, 300000000000000002, 'Skull', 'cancelled', '2026-11-01 19:00:00', NULL, 1, NULL, FALSE, 6);
INSERT INTO raid_options (id, raid_id, kind, label) VALUES
  (1, 17, 'day', 'Fri 27.11.'), (2, 17, 'day', 'Sat 28.11.'), (3, 17, 'time', '20:00'),
  (4, 18, 'day', 'FRI'), (5, 18, 'day', 'Fri'), (6, 18, 'time', '20:00'),
  (7, 19, 'day', 'whenever'), (8, 19, 'time', 'late');
INSERT INTO raid_votes (id, raid_id, kind, option_label, user_id, created_at) VALUES
  (1, 17, 'day', 'fri 27.11.', 300000000000000001, '2026-11-19 18:05:00+00'), (2, 17, 'time', '20:00', 300000000000000001, '2026-11-19 18:05:00+00'),
  (3, 17, 'day', 'Fri 27.11.', 300000000000000002, '2026-11-19 18:06:00+00'), (4, 17, 'time', '20:00', 300000000000000002, '2026-11-19 18:06:00+00'),
  (5, 17, 'day', 'Sun 29.11.', 300000000000000003, '2026-11-19 18:07:00+00'),
  (6, 18, 'day', 'FRI', 300000000000000001, '2026-11-19 18:08:00+00'), (7, 18, 'day', 'Fri', 300000000000000001, '2026-11-19 18:08:00+00'),
  (8, 18, 'day', 'Fri', 300000000000000002, '2026-11-19 18:08:00+00');
INSERT INTO raid_posted_slots (id, raid_id, day_label, time_label, channel_id, message_id) VALUES (1, 17, 'Fri 27.11.', '20:00', 12, 601);
INSERT INTO raid_templates (id, guild_id, dungeon_id, template_name, template_data) VALUES
  (1, 400000000000000001, 1, '_auto_dungeon_default', '{"days": ["Fri", "FRI", "Sat"], "times": ["20:00"], "min_players": 4}'),
  (2, 400000000000000001, 2, '_auto_dungeon_default', '{"days": ["Fri"'),
  (3, 400000000000000001, 1, 'mine', '{"days": ["Mon"], "times": ["20:00"], "min_players": 4}');
-- Number 1 was given twice; 3 is given to the open raid again.
INSERT INTO raid_attendance (id, guild_id, raid_display_id, dungeon, user_id, status, marked_by_user_id, created_at) VALUES
  (1, 400000000000000001, 1, 'Nanos', 300000000000000001, 'present', NULL, '2026-10-01 20:00:00+00'),
  (2, 400000000000000001, 1, 'Nanos', 300000000000000002, 'present', NULL, '2026-10-01 20:00:00+00'),
  (3, 400000000000000001, 1, 'Skull', 300000000000000003, 'present', NULL, '2026-10-08 20:00:00+00'),
  (4, 400000000000000001, 3, 'Skull', 300000000000000001, 'present', NULL, '2026-10-15 20:00:00+00'),
  (5, 400000000000000001, 7, 'Skull', 300000000000000002, 'absent', 300000000000000001, '2026-10-22 20:00:00+00'),
  (6, 400000000000000002, 2, 'Nanos', 300000000000000001, 'present', NULL, '2026-09-01 20:00:00+00'),
  (7, 400000000000000001, 7, 'Skull', 300000000000000003, 'lost', NULL, '2026-10-22 20:00:00+00');
INSERT INTO user_levels (guild_id, user_id, xp, level, username) VALUES
  (400000000000000001, 300000000000000001, 700, 4, 'ana'), (400000000000000001, 300000000000000002, 90, 0, NULL),
  (400000000000000001, 0, 10, 0, 'nobody');
INSERT INTO debug_mirror_cache (cache_key, kind, guild_id, message_id, payload_hash) VALUES ('raidlist:400000000000000001:0', 'raidlist', 400000000000000001, 700, 'abc');

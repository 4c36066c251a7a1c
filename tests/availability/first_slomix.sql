-- The first Slomix's tables that an import reads, as its migrations 004 to 006 made them.
CREATE TABLE website_users (id BIGINT PRIMARY KEY, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE discord_accounts (id SERIAL PRIMARY KEY, user_id BIGINT UNIQUE REFERENCES website_users(id) ON DELETE CASCADE,
  discord_user_id BIGINT UNIQUE, username TEXT, display_name TEXT, avatar TEXT);
CREATE TABLE user_player_links (user_id BIGINT PRIMARY KEY REFERENCES website_users(id) ON DELETE CASCADE,
  player_guid TEXT UNIQUE, player_name TEXT);
CREATE TABLE player_links (id SERIAL PRIMARY KEY, player_guid TEXT UNIQUE, discord_id BIGINT UNIQUE, discord_username TEXT, player_name TEXT,
  display_name TEXT, display_name_source TEXT DEFAULT 'auto');
CREATE TABLE player_aliases (guid TEXT, alias TEXT, times_seen INTEGER DEFAULT 1);
CREATE TABLE player_skill_ratings (player_guid TEXT PRIMARY KEY, et_rating REAL);
CREATE TABLE availability_entries (id BIGSERIAL PRIMARY KEY, user_id BIGINT NOT NULL, user_name TEXT, entry_date DATE NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('LOOKING', 'AVAILABLE', 'MAYBE', 'NOT_PLAYING')),
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, UNIQUE (user_id, entry_date));
CREATE TABLE availability_user_settings (user_id BIGINT PRIMARY KEY, sound_enabled BOOLEAN DEFAULT TRUE,
  sound_cooldown_seconds INTEGER DEFAULT 480, availability_reminders_enabled BOOLEAN DEFAULT TRUE, timezone TEXT DEFAULT 'UTC');
CREATE TABLE availability_channel_links (id SERIAL PRIMARY KEY, user_id BIGINT, channel_type TEXT, destination TEXT, verified_at TIMESTAMP);
CREATE TABLE subscription_preferences (user_id BIGINT PRIMARY KEY REFERENCES website_users(id) ON DELETE CASCADE,
  allow_promotions BOOLEAN DEFAULT FALSE, preferred_channel TEXT DEFAULT 'any', telegram_handle_encrypted TEXT,
  signal_handle_encrypted TEXT, quiet_hours JSONB DEFAULT '{}', timezone TEXT DEFAULT 'Europe/Ljubljana', notify_threshold INTEGER DEFAULT 0);

-- Ana: everything. Bor: the older table only. Cene: two players. Dora: a bad zone, no player. Eva: an impossible name.
INSERT INTO website_users VALUES (300000000000000001), (300000000000000003), (300000000000000004);
INSERT INTO discord_accounts (user_id, discord_user_id, username, display_name) VALUES
  (300000000000000001, 300000000000000001, 'ana', 'Ana'), (300000000000000003, 300000000000000003, 'cene', 'Cene'),
  (300000000000000004, 300000000000000004, 'dora', 'Dora');
INSERT INTO user_player_links VALUES (300000000000000001, 'aaaa0001', 'Ana Dinamit'), (300000000000000003, 'cccc0001', 'Cene');
INSERT INTO player_links (player_guid, discord_id, discord_username, player_name) VALUES
  ('AAAA0001', 300000000000000001, 'ana', 'Ana Dinamit'), ('BBBB0001', 300000000000000002, 'bor', 'Bazooka Bor'),
  ('CCCC0002', 300000000000000003, 'cene', 'Cene the Second'), ('EEEE0001', 300000000000000005, 'eva', E'E\u0007va');
INSERT INTO player_aliases VALUES ('AAAA0001', 'dinamit'), ('AAAA0001', 'dinamit'), ('FFFF0001', 'nobody');
INSERT INTO player_skill_ratings VALUES ('AAAA0001', 1312.5);
INSERT INTO availability_entries (user_id, user_name, entry_date, status, updated_at) VALUES
  (300000000000000001, 'Ana', '2026-11-20', 'LOOKING', '2026-11-20 12:00'), (300000000000000001, 'Ana', '2026-02-20', 'MAYBE', '2026-02-20 12:00'),
  (300000000000000002, 'Bor', '2026-11-20', 'NOT_PLAYING', '2026-11-19 12:00'), (300000000000000004, 'Dora', '2026-11-20', 'LOOKING', '2026-11-20 12:00');
INSERT INTO availability_user_settings VALUES (300000000000000001, FALSE, 60), (300000000000000004, TRUE, 9999);
INSERT INTO availability_channel_links (user_id, channel_type, destination, verified_at) VALUES (300000000000000001, 'telegram', '12345678', now());
INSERT INTO subscription_preferences VALUES
  (300000000000000001, TRUE, 'telegram', 'gAAAA', NULL, '{"start": "22:00", "end": "08:00"}', 'Europe/Ljubljana', 3),
  (300000000000000003, FALSE, 'any', NULL, NULL, '{}', 'UTC', 0),
  (300000000000000004, TRUE, 'any', NULL, 'gAAAA', '{"start": "25:00", "end": "08:00"}', 'Middle/Earth', 0);
-- Names of their own: Ana chose one, Bor's came by itself. Roles, and tables that stay behind.
UPDATE player_links SET display_name = 'Dinamitka', display_name_source = 'custom' WHERE discord_username = 'ana';
UPDATE player_links SET display_name = 'Somebody', display_name_source = 'auto' WHERE discord_username = 'bor';
CREATE TABLE user_permissions (discord_id BIGINT UNIQUE, tier TEXT, username TEXT);
INSERT INTO user_permissions VALUES (300000000000000001, 'root', 'ana'), (300000000000000002, 'admin', 'bor'), (300000000000000004, 'moderator', 'dora');
CREATE TABLE availability_subscriptions (id SERIAL PRIMARY KEY, user_id BIGINT, channel_type TEXT, channel_address TEXT);
INSERT INTO availability_subscriptions (user_id, channel_type, channel_address) VALUES (300000000000000001, 'telegram', '12345678');
CREATE TABLE planning_sessions (id SERIAL PRIMARY KEY, session_date DATE);
INSERT INTO planning_sessions (session_date) VALUES ('2026-11-18'), ('2026-11-19');
-- Bor had chosen a zone, and nothing else.
INSERT INTO availability_user_settings VALUES (300000000000000002, TRUE, 480, TRUE, 'Europe/London');

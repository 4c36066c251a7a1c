-- What the raid bot's code declares and no more: no uniques, no checks, and the columns that came later are missing.
CREATE TABLE guild_settings (guild_id BIGINT PRIMARY KEY, planner_channel_id BIGINT, participants_channel_id BIGINT);
CREATE TABLE raids (id INTEGER PRIMARY KEY, guild_id BIGINT, channel_id BIGINT, creator_id BIGINT, dungeon TEXT, created_at TIMESTAMP);
CREATE TABLE raid_options (id INTEGER PRIMARY KEY, raid_id INTEGER, kind TEXT, label TEXT);
CREATE TABLE raid_votes (id INTEGER PRIMARY KEY, raid_id INTEGER, kind TEXT, option_label TEXT, user_id BIGINT);
CREATE TABLE raid_attendance (id INTEGER PRIMARY KEY, guild_id BIGINT, raid_display_id INTEGER, dungeon TEXT, user_id BIGINT, status VARCHAR(16));
INSERT INTO guild_settings VALUES (400000000000000001, 11, 12);
INSERT INTO raids VALUES (1, 400000000000000001, 11, 300000000000000001, 'Nanos', '2026-11-19 18:00:00');
INSERT INTO raid_options VALUES (1, 1, 'day', 'Fri'), (2, 1, 'day', 'Fri'), (3, 1, 'time', '20:00'), (4, 9, 'day', 'Sat'), (5, 1, 'place', 'here');
INSERT INTO raid_votes VALUES (1, 1, 'day', 'Fri', 300000000000000002), (2, 1, 'day', 'Fri', 300000000000000002), (3, 9, 'day', 'Sat', 300000000000000002);
INSERT INTO raid_attendance VALUES (1, 400000000000000001, 1, 'Nanos', 300000000000000002, 'present'), (2, 400000000000000001, 1, 'Nanos', 300000000000000002, 'present'),
  (3, 400000000000000001, 0, 'Nanos', 300000000000000003, 'present');

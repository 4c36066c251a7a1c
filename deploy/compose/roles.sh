#!/bin/sh
# Run once by the database's container, on an empty volume: a role that owns the tables and one that
# serves people. Their passwords come from postgres.env.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
    --set migrator="$SLOMIX_MIGRATOR_PASSWORD" --set web="$SLOMIX_WEB_PASSWORD" <<'SQL'
CREATE ROLE slomix_migrator LOGIN PASSWORD :'migrator';
CREATE ROLE slomix_web LOGIN PASSWORD :'web';
CREATE DATABASE slomix OWNER slomix_migrator;
\connect slomix
ALTER SCHEMA public OWNER TO slomix_migrator;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO slomix_web;
SQL

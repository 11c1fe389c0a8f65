#!/usr/bin/env bash
# Run once by the postgres image on an empty data directory: the roles of roles.sql with the
# passwords of the environment, the schema of the marketplace (the source), and Temporal's role.
set -euo pipefail

sql() { psql -v ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"; }

sql --file /control-center/roles.sql
sql --file /control-center/database.sql

for role in control_owner control_api control_worker control_dryrun control_query control_reader \
    marketplace_owner marketplace_app gateway; do
  variable=$(printf '%s_PASSWORD' "$role" | tr '[:lower:]' '[:upper:]')
  printf 'ALTER ROLE %s PASSWORD :'"'password'"';\n' "$role" | sql -v password="${!variable:?}"
done

# Where the marketplace has a database of its own, its schema is there already.
sql --command 'CREATE SCHEMA IF NOT EXISTS marketplace AUTHORIZATION marketplace_owner'
for migration in /control-center/marketplace/V*.sql; do
  { echo 'SET ROLE marketplace_owner; SET search_path TO marketplace;'; cat "$migration"; } | sql --single-transaction
done

printf 'CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'"'password'"';\n' | sql -v password="${TEMPORAL_PASSWORD:?}"

-- A guard whose workflow was lost is missed when it does not look, and not only when its window ends.
CREATE TABLE control.config_guard_look (
  version_id uuid PRIMARY KEY REFERENCES control.platform_config,
  looked_at  timestamptz NOT NULL
);
COMMENT ON TABLE control.config_guard_look IS 'When the guard of a version last looked at its metric and went on; no row before the first look.';
COMMENT ON COLUMN control.config_guard_look.version_id IS 'The version.';
COMMENT ON COLUMN control.config_guard_look.looked_at IS 'When.';
GRANT SELECT, INSERT, UPDATE ON control.config_guard_look TO control_worker;
GRANT SELECT ON control.config_guard_look TO control_api, control_reader;

-- The directory of people, who stands in for whom, and what people are told.
CREATE TABLE control.person (
  subject       text PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 200),
  id            uuid        NOT NULL UNIQUE,
  display_name  text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 120),
  address       text        CHECK (length(address) BETWEEN 3 AND 254),
  active        boolean     NOT NULL,
  own_delegates boolean     NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL
);
COMMENT ON TABLE control.person IS 'People and services as the configuration names them; who is no longer named is inactive, never deleted. own_delegates: the person has set their delegates, so the configuration''s no longer count.';
CREATE INDEX person_listing ON control.person (created_at DESC, id DESC) WHERE active;

CREATE TABLE control.person_role (
  subject text NOT NULL REFERENCES control.person,
  role    text NOT NULL CHECK (role ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  PRIMARY KEY (subject, role)
);
COMMENT ON TABLE control.person_role IS 'The roles by which people are found and told; what a caller may do is said by the token.';
CREATE INDEX person_role_holders ON control.person_role (role, subject);

CREATE TABLE control.person_delegate (
  from_subject text NOT NULL REFERENCES control.person,
  to_subject   text NOT NULL REFERENCES control.person,
  valid_from   timestamptz,
  valid_until  timestamptz,
  PRIMARY KEY (from_subject, to_subject),
  CHECK (from_subject <> to_subject),
  CHECK (valid_from < valid_until)
);
COMMENT ON TABLE control.person_delegate IS 'to_subject may approve in from_subject''s stead from valid_from (null: at once) until before valid_until (null: until taken back).';
CREATE INDEX person_delegate_to ON control.person_delegate (to_subject);

CREATE TABLE control.inbox_message (
  id         uuid PRIMARY KEY,
  person     text        NOT NULL REFERENCES control.person,
  key        text        NOT NULL CHECK (length(key) BETWEEN 1 AND 300),
  kind       text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 80),
  subject    text        NOT NULL,
  text       text        NOT NULL,
  link       text        NOT NULL,
  mail       text        NOT NULL CHECK (mail IN ('NONE', 'OWED', 'SENT', 'FAILED')),
  request_id text,
  created_at timestamptz NOT NULL,
  read_at    timestamptz,
  mailed_at  timestamptz,
  UNIQUE (key, person),
  CHECK ((mail = 'SENT') = (mailed_at IS NOT NULL))
);
COMMENT ON TABLE control.inbox_message IS 'What one person was told, at most once for each key. mail: NONE (no address), OWED, SENT, FAILED (given up after a day).';
CREATE INDEX inbox_message_listing ON control.inbox_message (person, created_at DESC, id DESC);
CREATE INDEX inbox_message_unread ON control.inbox_message (person, created_at DESC, id DESC) WHERE read_at IS NULL;
CREATE INDEX inbox_message_unsent ON control.inbox_message (mail, created_at) WHERE mail IN ('OWED', 'FAILED');

GRANT SELECT, INSERT, UPDATE ON control.person TO control_api;
GRANT SELECT, INSERT, DELETE ON control.person_role TO control_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.person_delegate TO control_api;
GRANT SELECT ON control.person, control.person_role, control.person_delegate TO control_worker;
GRANT SELECT, INSERT ON control.inbox_message TO control_api, control_worker;
GRANT UPDATE (read_at) ON control.inbox_message TO control_api;
GRANT UPDATE (mail, mailed_at) ON control.inbox_message TO control_worker;

-- Names, addresses and what people are told are for API and workers alone.
REVOKE ALL ON control.person, control.inbox_message FROM control_reader, control_dryrun;
GRANT SELECT (subject, active) ON control.person TO control_reader, control_dryrun;

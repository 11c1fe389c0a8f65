-- Requests that people handed to somebody by name.
CREATE TABLE control.approval_delegation (
  request_id   uuid        NOT NULL REFERENCES control.approval_request,
  from_subject text        NOT NULL,
  to_subject   text        NOT NULL CHECK (to_subject <> from_subject),
  reason       text        NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (request_id, from_subject)
);
COMMENT ON TABLE control.approval_delegation IS 'Who may decide one request in the stead of somebody else: the last one whom that person named.';
CREATE INDEX approval_delegation_to ON control.approval_delegation (to_subject);
GRANT SELECT, INSERT, UPDATE, DELETE ON control.approval_delegation TO control_api;
GRANT SELECT ON control.approval_delegation TO control_worker;

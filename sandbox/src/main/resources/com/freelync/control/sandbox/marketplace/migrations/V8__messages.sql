-- What users are told by the marketplace. Whoever has something to say names the user, never an
-- address: how it reaches them, by mail or text message, is the marketplace's own affair.
CREATE TABLE messages (
  id          uuid PRIMARY KEY,
  user_id     uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('document_expiring')),
  document_id uuid,
  data        jsonb NOT NULL,
  asked_at    timestamptz NOT NULL,
  sent_at     timestamptz
);
CREATE INDEX messages_unsent ON messages (asked_at) WHERE sent_at IS NULL;
COMMENT ON TABLE messages IS 'What users are to be told, in the marketplace''s words and by the way of contact that it knows. No foreign keys: thousands are written at once by who has just read their ids.';
COMMENT ON COLUMN messages.id IS 'Identity of the message.';
COMMENT ON COLUMN messages.user_id IS 'Who is told.';
COMMENT ON COLUMN messages.kind IS 'What about: document_expiring.';
COMMENT ON COLUMN messages.document_id IS 'The document it is about; null where it is about none.';
COMMENT ON COLUMN messages.data IS 'What its words are made of, nothing personal: kind and expires_on of the document.';
COMMENT ON COLUMN messages.asked_at IS 'When it was asked for.';
COMMENT ON COLUMN messages.sent_at IS 'When it was sent; null before.';

GRANT INSERT (id, user_id, kind, document_id, data, asked_at) ON messages TO control_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON messages TO marketplace_app;

-- exec chat_add(corp I64, chat I64)
INSERT INTO chat (corp, chat, last_seq, stamp) VALUES ($1, $2, 0, 0)
ON CONFLICT DO NOTHING;

-- exec chat_next(corp I64, chat I64, stamp I64)
UPDATE chat SET last_seq = last_seq + 1, stamp = $3 WHERE corp = $1 AND chat = $2;

-- one chat_taken(corp I64, chat I64) -> (seq I64)
SELECT last_seq FROM chat WHERE corp = $1 AND chat = $2;

-- exec message_add(corp I64, message I64, chat I64, seq I64, sender I64, nonce TEXT,
--   sent_ms I64, body TEXT)
INSERT INTO message (corp, message, chat, seq, sender_kind, sender, nonce, sent_ms, type, body)
VALUES ($1, $2, $3, $4, 1, $5, $6, $7, 'text', $8);

-- one message_count(corp I64) -> (n I64)
-- scan: after the run, to see that none is missing
SELECT count(*) FROM message WHERE corp = $1;

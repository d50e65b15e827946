-- The timelines' rows.  Owner of: message.

-- exec message_insert(corp I64, message I64, chat I64, seq I64, sender_kind I64, sender I64,
--     nonce TEXT, sent_ms I64, type TEXT, body TEXT, via I64)
INSERT INTO message (corp, message, chat, seq, sender_kind, sender, nonce, sent_ms, type, body, via)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (corp, chat, sender_kind, sender, nonce) DO NOTHING;

-- one message_select_by_nonce(corp I64, chat I64, sender_kind I64, sender I64, nonce TEXT)
-- -> message_row (message I64, seq I64, sender_kind I64, sender I64, nonce TEXT, sent_ms I64,
--     type TEXT, body TEXT, via I64)
SELECT message, seq, sender_kind, sender, nonce, sent_ms, type, body, via FROM message
WHERE corp = $1 AND chat = $2 AND sender_kind = $3 AND sender = $4 AND nonce = $5;

-- one message_select(corp I64, chat I64, seq I64) -> message_row
SELECT message, seq, sender_kind, sender, nonce, sent_ms, type, body, via FROM message
WHERE corp = $1 AND chat = $2 AND seq = $3;

-- many message_select_after(corp I64, chat I64, after I64, n I64) -> message_row
SELECT message, seq, sender_kind, sender, nonce, sent_ms, type, body, via FROM message
WHERE corp = $1 AND chat = $2 AND seq > $3 ORDER BY seq LIMIT $4;

-- many message_select_before(corp I64, chat I64, before I64, above I64, n I64)
-- -> message_row
SELECT message, seq, sender_kind, sender, nonce, sent_ms, type, body, via FROM message
WHERE corp = $1 AND chat = $2 AND seq < $3 AND seq > $4 ORDER BY seq DESC LIMIT $5;

-- one message_doctor_span(corp I64, chat I64) -> (count I64, first I64, last I64)
SELECT count(*), COALESCE(min(seq), 0), COALESCE(max(seq), 0) FROM message
WHERE corp = $1 AND chat = $2;

-- Messages from an id on: ids tell the time.
-- one message_count_from(corp I64, message I64) -> (n I64)
SELECT count(*) FROM message WHERE corp = $1 AND message >= $2;

-- one message_newest(corp I64) -> (message I64)
SELECT message FROM message WHERE corp = $1 ORDER BY message DESC LIMIT 1;

-- What was said in a time, without what it says: ids tell the time.
-- each message_select_between(corp I64, from_id I64, until_id I64)
-- -> (message I64, chat I64, seq I64, sender_kind I64, sender I64, sent_ms I64, via I64)
SELECT message, chat, seq, sender_kind, sender, sent_ms, via FROM message
WHERE corp = $1 AND message >= $2 AND message < $3 ORDER BY message;

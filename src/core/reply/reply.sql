-- Texts that are sent again and again.  Owner of: quick_reply.

-- many quick_reply_select(corp I64, owner I64)
-- -> quick_reply_row (reply I64, group_name TEXT, title TEXT, content TEXT, attachments TEXT,
--     changed_ms I64)
SELECT reply, group_name, title, content, attachments, changed_ms FROM quick_reply
WHERE corp = $1 AND owner = $2 ORDER BY reply LIMIT 1000;

-- one quick_reply_select_one(corp I64, owner I64, reply I64) -> quick_reply_row
SELECT reply, group_name, title, content, attachments, changed_ms FROM quick_reply
WHERE corp = $1 AND owner = $2 AND reply = $3;

-- one quick_reply_count(corp I64, owner I64) -> (n I64)
-- scan: an owner has a thousand at most
SELECT count(*) FROM quick_reply WHERE corp = $1 AND owner = $2;

-- exec quick_reply_put(corp I64, owner I64, reply I64, group_name TEXT, title TEXT, content TEXT,
--     attachments TEXT, now I64)
INSERT INTO quick_reply (corp, owner, reply, group_name, title, content, attachments, changed_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (corp, owner, reply) DO UPDATE SET group_name = excluded.group_name,
	title = excluded.title, content = excluded.content, attachments = excluded.attachments,
	changed_ms = excluded.changed_ms;

-- exec quick_reply_delete(corp I64, owner I64, reply I64)
DELETE FROM quick_reply WHERE corp = $1 AND owner = $2 AND reply = $3;

-- People outside, across corps.  Owner of: consumer, consumer_chat.

-- one consumer_select(consumer I64) -> consumer_row (consumer I64, name TEXT, avatar TEXT, language TEXT, created_ms I64)
SELECT consumer, name, avatar, language, created_ms FROM consumer WHERE consumer = $1;

-- exec consumer_insert(consumer I64, name TEXT, created_ms I64)
INSERT INTO consumer (consumer, name, avatar, created_ms) VALUES ($1, $2, '', $3);

-- exec consumer_set_name(consumer I64, name TEXT)
UPDATE consumer SET name = $2 WHERE consumer = $1;

-- exec consumer_set_avatar(consumer I64, avatar TEXT)
UPDATE consumer SET avatar = $2 WHERE consumer = $1;

-- exec consumer_set_language(consumer I64, language TEXT)
UPDATE consumer SET language = $2 WHERE consumer = $1;

-- exec consumer_chat_insert(consumer I64, corp I64, chat I64, customer I64)
INSERT INTO consumer_chat (consumer, corp, chat, customer) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec consumer_chat_delete(consumer I64, corp I64, chat I64)
DELETE FROM consumer_chat WHERE consumer = $1 AND corp = $2 AND chat = $3;

-- many consumer_chat_select(consumer I64) -> consumer_chat_row (corp I64, chat I64, customer I64)
SELECT corp, chat, customer FROM consumer_chat WHERE consumer = $1 ORDER BY corp, chat LIMIT 10000;

-- one consumer_chat_select_one(consumer I64, corp I64, chat I64) -> consumer_chat_row
SELECT corp, chat, customer FROM consumer_chat WHERE consumer = $1 AND corp = $2 AND chat = $3;

-- Chats begun by a temporary way.  Owner of: temp_chat.

-- exec temp_insert(corp I64, chat I64, member I64, customer I64, way I64, conclusions TEXT,
--     ends_ms I64)
INSERT INTO temp_chat (corp, chat, member, customer, way, conclusions, ends_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (corp, chat) DO UPDATE SET way = excluded.way, conclusions = excluded.conclusions,
	ends_ms = excluded.ends_ms;

-- one temp_select(corp I64, chat I64)
-- -> temp_row (chat I64, member I64, customer I64, conclusions TEXT, ends_ms I64)
SELECT chat, member, customer, conclusions, ends_ms FROM temp_chat
WHERE corp = $1 AND chat = $2;

-- many temp_select_due(corp I64, until_ms I64, n I64) -> temp_row
SELECT chat, member, customer, conclusions, ends_ms FROM temp_chat
WHERE corp = $1 AND ends_ms <= $2 ORDER BY ends_ms LIMIT $3;

-- one temp_select_next(corp I64) -> (ends_ms I64)
SELECT ends_ms FROM temp_chat WHERE corp = $1 ORDER BY ends_ms LIMIT 1;

-- exec temp_delete(corp I64, chat I64)
DELETE FROM temp_chat WHERE corp = $1 AND chat = $2;

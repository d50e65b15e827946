-- What apps pull, and the codes they answer with.  Owner of: service_item, service_code.

-- exec service_item_insert(corp I64, account I64, item I64, chat I64, seq I64, customer I64, event TEXT)
INSERT INTO service_item (corp, account, item, chat, seq, customer, event)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- many service_item_page(corp I64, account I64, after I64, n I64)
-- -> service_item_row (item I64, chat I64, seq I64, customer I64, event TEXT)
SELECT item, chat, seq, customer, event FROM service_item
WHERE corp = $1 AND account = $2 AND item > $3 ORDER BY item LIMIT $4;

-- exec service_item_drop_old(corp I64, account I64, below I64)
DELETE FROM service_item WHERE corp = $1 AND account = $2 AND item < $3;

-- exec service_code_insert(corp I64, code TEXT, kind I64, account I64, customer I64, expires_ms I64)
INSERT INTO service_code (corp, code, kind, account, customer, used, expires_ms)
VALUES ($1, $2, $3, $4, $5, 0, $6);

-- one service_code_select(corp I64, code TEXT)
-- -> service_code_row (code TEXT, kind I64, account I64, customer I64, used I64, expires_ms I64)
SELECT code, kind, account, customer, used, expires_ms FROM service_code
WHERE corp = $1 AND code = $2;

-- many service_code_select_due(corp I64, kind I64, until_ms I64, n I64) -> service_code_row
SELECT code, kind, account, customer, used, expires_ms FROM service_code
WHERE corp = $1 AND kind = $2 AND used = 0 AND expires_ms <= $3
ORDER BY expires_ms LIMIT $4;

-- one service_code_next_due(corp I64, kind I64) -> (expires_ms I64)
SELECT expires_ms FROM service_code WHERE corp = $1 AND kind = $2 AND used = 0
ORDER BY expires_ms LIMIT 1;

-- exec service_code_set_used(corp I64, code TEXT, used I64)
UPDATE service_code SET used = $3 WHERE corp = $1 AND code = $2;

-- exec service_code_drop_old(corp I64, kind I64, used I64, before_ms I64)
DELETE FROM service_code WHERE corp = $1 AND kind = $2 AND used = $3 AND expires_ms < $4;

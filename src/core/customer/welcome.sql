-- First words.  Owner of: welcome.

-- exec welcome_insert(corp I64, welcome I64, code TEXT, member I64, customer I64, chat I64,
--     state I64, expires_ms I64)
INSERT INTO welcome (corp, welcome, code, member, customer, chat, state, expires_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- one welcome_select(corp I64, code TEXT)
-- -> welcome_row (welcome I64, code TEXT, member I64, customer I64, chat I64, state I64, expires_ms I64)
SELECT welcome, code, member, customer, chat, state, expires_ms FROM welcome
WHERE corp = $1 AND code = $2;

-- many welcome_select_due(corp I64, until_ms I64, n I64) -> welcome_row
SELECT welcome, code, member, customer, chat, state, expires_ms FROM welcome
WHERE corp = $1 AND state = 1 AND expires_ms <= $2 ORDER BY expires_ms LIMIT $3;

-- one welcome_select_next(corp I64) -> (expires_ms I64)
SELECT expires_ms FROM welcome WHERE corp = $1 AND state = 1 ORDER BY expires_ms LIMIT 1;

-- exec welcome_set_state(corp I64, welcome I64, state I64)
UPDATE welcome SET state = $3 WHERE corp = $1 AND welcome = $2;

-- exec welcome_drop_old(corp I64, state I64, before_ms I64)
DELETE FROM welcome WHERE corp = $1 AND state = $2 AND expires_ms < $3;

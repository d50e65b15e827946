-- Service accounts, who may manage them, and the links to them.  Owner of:
-- service_account, service_grant, service_way, service_upgrade.

-- one service_account_select(corp I64, account I64)
-- -> service_account_row (account I64, open_kfid TEXT, name TEXT, avatar TEXT, deleted I64,
--     first_answer I64, routing I64, prefers_last I64, max_sessions I64, silence_s I64,
--     hours TEXT, welcome TEXT, away_words TEXT, end_words TEXT, asks_rating I64,
--     threshold I64, created_ms I64)
SELECT account, open_kfid, name, avatar, deleted, first_answer, routing, prefers_last,
	max_sessions, silence_s, hours, welcome, away_words, end_words, asks_rating, threshold,
	created_ms
FROM service_account WHERE corp = $1 AND account = $2;

-- one service_account_select_by_open(corp I64, open_kfid TEXT) -> service_account_row
SELECT account, open_kfid, name, avatar, deleted, first_answer, routing, prefers_last,
	max_sessions, silence_s, hours, welcome, away_words, end_words, asks_rating, threshold,
	created_ms
FROM service_account WHERE corp = $1 AND open_kfid = $2;

-- many service_account_page_rows(corp I64, n I64, skip I64) -> service_account_row
SELECT account, open_kfid, name, avatar, deleted, first_answer, routing, prefers_last,
	max_sessions, silence_s, hours, welcome, away_words, end_words, asks_rating, threshold,
	created_ms
FROM service_account WHERE corp = $1 AND deleted = 0 ORDER BY account LIMIT $2 OFFSET $3;

-- one service_account_count(corp I64) -> (n I64)
-- scan: at most some thousand, when one more is made
SELECT count(*) FROM service_account WHERE corp = $1 AND deleted = 0;

-- exec service_account_insert(corp I64, account I64, open_kfid TEXT, name TEXT, avatar TEXT,
--     first_answer I64, routing I64, prefers_last I64, max_sessions I64, silence_s I64,
--     hours TEXT, welcome TEXT, away_words TEXT, end_words TEXT, asks_rating I64,
--     threshold I64, created_ms I64)
INSERT INTO service_account (corp, account, open_kfid, name, avatar, deleted, first_answer,
	routing, prefers_last, max_sessions, silence_s, hours, welcome, away_words, end_words,
	asks_rating, threshold, created_ms)
VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- exec service_account_update(corp I64, account I64, name TEXT, avatar TEXT,
--     first_answer I64, routing I64, prefers_last I64, max_sessions I64, silence_s I64,
--     hours TEXT, welcome TEXT, away_words TEXT, end_words TEXT, asks_rating I64,
--     threshold I64)
UPDATE service_account SET name = $3, avatar = $4, first_answer = $5, routing = $6,
	prefers_last = $7, max_sessions = $8, silence_s = $9, hours = $10, welcome = $11,
	away_words = $12, end_words = $13, asks_rating = $14, threshold = $15
WHERE corp = $1 AND account = $2;

-- exec service_account_set_deleted(corp I64, account I64)
UPDATE service_account SET deleted = 1 WHERE corp = $1 AND account = $2;

-- exec service_grant_insert(corp I64, account I64, app I64)
INSERT INTO service_grant (corp, account, app) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- exec service_grant_delete(corp I64, account I64, app I64)
DELETE FROM service_grant WHERE corp = $1 AND account = $2 AND app = $3;

-- one service_grant_select(corp I64, account I64, app I64) -> (app I64)
SELECT app FROM service_grant WHERE corp = $1 AND account = $2 AND app = $3;

-- many service_grant_all(corp I64, account I64) -> service_grant_row (app I64)
SELECT app FROM service_grant WHERE corp = $1 AND account = $2 ORDER BY app LIMIT 300;

-- one service_way_select(corp I64, account I64, scene TEXT)
-- -> service_way_row (account I64, scene TEXT, code TEXT)
SELECT account, scene, code FROM service_way
WHERE corp = $1 AND account = $2 AND scene = $3;

-- one service_way_select_by_code(corp I64, code TEXT) -> service_way_row
SELECT account, scene, code FROM service_way WHERE corp = $1 AND code = $2;

-- exec service_way_insert(corp I64, account I64, scene TEXT, code TEXT, created_ms I64)
INSERT INTO service_way (corp, account, scene, code, created_ms)
VALUES ($1, $2, $3, $4, $5);

-- many service_upgrade_all(corp I64) -> service_upgrade_row (kind I64, target I64, name TEXT)
SELECT kind, target, name FROM service_upgrade WHERE corp = $1
ORDER BY kind, target, name LIMIT 1000;

-- exec service_upgrade_insert(corp I64, kind I64, target I64, name TEXT)
INSERT INTO service_upgrade (corp, kind, target, name) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec service_upgrade_delete_all(corp I64)
-- scan: a list of some hundred
DELETE FROM service_upgrade WHERE corp = $1;

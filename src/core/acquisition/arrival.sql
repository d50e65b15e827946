-- Who looked at links and came by them.  Owner of: acq_customer, acq_chat_key, acq_click, acq_day.

-- exec acq_insert_customer(corp I64, link I64, entry I64, member I64, external_userid TEXT,
--     chat I64, state TEXT, created_ms I64)
INSERT INTO acq_customer (corp, link, entry, member, external_userid, chat, state, said, started,
	created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8);

-- The newest of a chat: who went and came back has two.
-- one acq_select_by_chat(corp I64, chat I64)
-- -> acq_customer_row (link I64, entry I64, member I64, external_userid TEXT, chat I64,
--     state TEXT, said I64, started I64)
SELECT link, entry, member, external_userid, chat, state, said, started FROM acq_customer
WHERE corp = $1 AND chat = $2 ORDER BY entry DESC LIMIT 1;

-- one acq_select_customer(corp I64, link I64, entry I64) -> acq_customer_row
SELECT link, entry, member, external_userid, chat, state, said, started FROM acq_customer
WHERE corp = $1 AND link = $2 AND entry = $3;

-- many acq_select_customers(corp I64, link I64, after I64, n I64) -> acq_customer_row
SELECT link, entry, member, external_userid, chat, state, said, started FROM acq_customer
WHERE corp = $1 AND link = $2 AND entry > $3 ORDER BY entry LIMIT $4;

-- exec acq_set_said(corp I64, link I64, entry I64, said I64)
UPDATE acq_customer SET said = $4, started = 1 WHERE corp = $1 AND link = $2 AND entry = $3;

-- exec acq_delete_customers(corp I64, link I64)
DELETE FROM acq_customer WHERE corp = $1 AND link = $2;

-- exec acq_insert_key(corp I64, key TEXT, link I64, entry I64, said I64, until_ms I64)
INSERT INTO acq_chat_key (corp, key, link, entry, said, until_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- one acq_select_key(corp I64, key TEXT) -> (link I64, entry I64, said I64, until_ms I64)
SELECT link, entry, said, until_ms FROM acq_chat_key WHERE corp = $1 AND key = $2;

-- exec acq_delete_keys(corp I64, until_ms I64)
DELETE FROM acq_chat_key WHERE corp = $1 AND until_ms < $2;

-- exec acq_insert_click(corp I64, link I64, day I64, visitor BYTES)
INSERT INTO acq_click (corp, link, day, visitor) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- exec acq_delete_clicks(corp I64, link I64)
DELETE FROM acq_click WHERE corp = $1 AND link = $2;

-- exec acq_delete_days(corp I64, link I64)
DELETE FROM acq_day WHERE corp = $1 AND link = $2;

-- exec acq_count(corp I64, link I64, day I64, clicks I64, adds I64)
INSERT INTO acq_day (corp, link, day, clicks, adds) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (corp, link, day) DO UPDATE SET clicks = acq_day.clicks + excluded.clicks,
	adds = acq_day.adds + excluded.adds;

-- many acq_select_days(corp I64, link I64, from_day I64, to_day I64)
-- -> (day I64, clicks I64, adds I64)
SELECT day, clicks, adds FROM acq_day
WHERE corp = $1 AND link = $2 AND day >= $3 AND day <= $4 ORDER BY day LIMIT 1000;

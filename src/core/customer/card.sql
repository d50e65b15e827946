-- What apps show of a customer.  Owner of: customer_card.

-- one customer_card_select(corp I64, customer I64, app I64, card_id TEXT)
-- -> customer_card_row (app I64, card_id TEXT, title TEXT, fields TEXT, status TEXT, color TEXT,
--     url TEXT, created_ms I64, changed_ms I64)
SELECT app, card_id, title, fields, status, color, url, created_ms, changed_ms FROM customer_card
WHERE corp = $1 AND customer = $2 AND app = $3 AND card_id = $4;

-- many customer_card_select_all(corp I64, customer I64) -> customer_card_row
SELECT app, card_id, title, fields, status, color, url, created_ms, changed_ms FROM customer_card
WHERE corp = $1 AND customer = $2 ORDER BY app, card_id LIMIT 1000;

-- one customer_card_select_count(corp I64, customer I64, app I64) -> (n I64)
SELECT count(*) FROM customer_card WHERE corp = $1 AND customer = $2 AND app = $3;

-- exec customer_card_put(corp I64, customer I64, app I64, card_id TEXT, title TEXT, fields TEXT,
--     status TEXT, color TEXT, url TEXT, now I64)
INSERT INTO customer_card (corp, customer, app, card_id, title, fields, status, color, url,
	created_ms, changed_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
ON CONFLICT (corp, customer, app, card_id) DO UPDATE SET title = excluded.title,
	fields = excluded.fields, status = excluded.status, color = excluded.color,
	url = excluded.url, changed_ms = excluded.changed_ms;

-- exec customer_card_delete(corp I64, customer I64, app I64, card_id TEXT)
DELETE FROM customer_card WHERE corp = $1 AND customer = $2 AND app = $3 AND card_id = $4;

-- Who asked to be added.  Owner of: add_request, consumer_request.

-- one request_select(corp I64, request I64)
-- -> request_row (request I64, way I64, member I64, customer I64, consumer I64, state TEXT,
--     words TEXT, status I64, created_ms I64, done_ms I64)
SELECT request, way, member, customer, consumer, state, words, status, created_ms, done_ms
FROM add_request WHERE corp = $1 AND request = $2;

-- many request_select_of_member(corp I64, member I64, status I64, before I64, n I64)
-- -> request_row
SELECT request, way, member, customer, consumer, state, words, status, created_ms, done_ms
FROM add_request WHERE corp = $1 AND member = $2 AND status = $3 AND request < $4
ORDER BY request DESC LIMIT $5;

-- many request_select_of_customer(corp I64, customer I64, n I64) -> request_row
SELECT request, way, member, customer, consumer, state, words, status, created_ms, done_ms
FROM add_request WHERE corp = $1 AND customer = $2 ORDER BY request DESC LIMIT $3;

-- exec request_insert(corp I64, request I64, way I64, member I64, customer I64,
--     consumer I64, state TEXT, words TEXT, created_ms I64)
INSERT INTO add_request (corp, request, way, member, customer, consumer, state, words, status,
	created_ms, done_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, 0);

-- exec request_set_status(corp I64, request I64, status I64, done_ms I64)
UPDATE add_request SET status = $3, done_ms = $4 WHERE corp = $1 AND request = $2;

-- exec consumer_request_insert(consumer I64, corp I64, request I64)
INSERT INTO consumer_request (consumer, corp, request) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING;

-- exec consumer_request_delete(consumer I64, corp I64, request I64)
DELETE FROM consumer_request WHERE consumer = $1 AND corp = $2 AND request = $3;

-- many consumer_request_select(consumer I64) -> (corp I64, request I64)
SELECT corp, request FROM consumer_request WHERE consumer = $1 ORDER BY corp, request
LIMIT 100;

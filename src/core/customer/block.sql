-- Who has shut out whom.  Owner of: consumer_block, customer_block.

-- exec consumer_block_insert(consumer I64, corp I64, member I64, now I64)
INSERT INTO consumer_block (consumer, corp, member, created_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec consumer_block_delete(consumer I64, corp I64, member I64)
DELETE FROM consumer_block WHERE consumer = $1 AND corp = $2 AND member = $3;

-- many consumer_block_select(consumer I64) -> (corp I64, member I64, created_ms I64)
SELECT corp, member, created_ms FROM consumer_block WHERE consumer = $1
ORDER BY corp, member LIMIT 10000;

-- one consumer_block_find(consumer I64, corp I64, member I64) -> (member I64)
-- The whole corp comes first.
SELECT member FROM consumer_block
WHERE consumer = $1 AND corp = $2 AND (member = 0 OR member = $3) ORDER BY member LIMIT 1;

-- exec consumer_block_move(old I64, consumer I64)
INSERT INTO consumer_block (consumer, corp, member, created_ms)
SELECT $2, corp, member, created_ms FROM consumer_block WHERE consumer = $1
ON CONFLICT DO NOTHING;

-- exec consumer_block_delete_all(consumer I64)
DELETE FROM consumer_block WHERE consumer = $1;

-- exec customer_block_insert(corp I64, consumer I64, member I64, customer I64, now I64)
INSERT INTO customer_block (corp, consumer, member, customer, created_ms)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- exec customer_block_delete(corp I64, consumer I64, member I64)
DELETE FROM customer_block WHERE corp = $1 AND consumer = $2 AND member = $3;

-- one customer_block_find(corp I64, consumer I64) -> (member I64)
SELECT member FROM customer_block WHERE corp = $1 AND consumer = $2 ORDER BY member LIMIT 1;

-- one customer_block_get(corp I64, consumer I64, member I64) -> (created_ms I64)
SELECT created_ms FROM customer_block WHERE corp = $1 AND consumer = $2 AND member = $3;

-- exec customer_block_move(corp I64, old I64, consumer I64)
INSERT INTO customer_block (corp, consumer, member, customer, created_ms)
SELECT corp, $3, member, customer, created_ms FROM customer_block
WHERE corp = $1 AND consumer = $2
ON CONFLICT DO NOTHING;

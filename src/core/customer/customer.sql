-- Consumers as a corp sees them.  Owner of: customer.

-- one customer_select(corp I64, customer I64)
-- -> customer_row (customer I64, external_userid TEXT, consumer I64, name TEXT, avatar TEXT,
--     gender I64, created_ms I64)
SELECT customer, external_userid, consumer, name, avatar, gender, created_ms FROM customer
WHERE corp = $1 AND customer = $2;

-- one customer_select_by_external(corp I64, external_userid TEXT) -> customer_row
SELECT customer, external_userid, consumer, name, avatar, gender, created_ms FROM customer
WHERE corp = $1 AND external_userid = $2;

-- one customer_select_by_consumer(corp I64, consumer I64) -> customer_row
SELECT customer, external_userid, consumer, name, avatar, gender, created_ms FROM customer
WHERE corp = $1 AND consumer = $2;

-- many customer_select_some(corp I64, customers I64*) -> customer_row
SELECT customer, external_userid, consumer, name, avatar, gender, created_ms FROM customer
WHERE corp = $1 AND customer IN_LIST($2) ORDER BY customer LIMIT 1000;

-- exec customer_insert(corp I64, customer I64, external_userid TEXT, consumer I64, name TEXT,
--     avatar TEXT, created_ms I64)
INSERT INTO customer (corp, customer, external_userid, consumer, name, avatar, gender, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7);

-- exec customer_set_name(corp I64, customer I64, name TEXT)
UPDATE customer SET name = $3 WHERE corp = $1 AND customer = $2;

-- exec customer_set_consumer(corp I64, customer I64, consumer I64)
UPDATE customer SET consumer = $3 WHERE corp = $1 AND customer = $2;

-- exec customer_set_avatar(corp I64, customer I64, avatar TEXT)
UPDATE customer SET avatar = $3 WHERE corp = $1 AND customer = $2;

-- Whose consent was taken back: no consumer's any more, and without a name of his own.
-- exec customer_make_nobodys(corp I64, customer I64, name TEXT)
UPDATE customer SET name = $3, avatar = '', gender = 0, consumer = -customer
WHERE corp = $1 AND customer = $2;

-- one customer_select_count(corp I64) -> (n I64)
-- scan: counts the corp
SELECT count(*) FROM customer WHERE corp = $1;

-- Links that bring customers.  Owner of: acq_link.

-- one acq_select_link(corp I64, link I64)
-- -> acq_link_row (link I64, app I64, name TEXT, priority_type I64, priority TEXT,
--     unavailable I64, created_ms I64)
SELECT link, app, name, priority_type, priority, unavailable, created_ms FROM acq_link
WHERE corp = $1 AND link = $2;

-- many acq_select_links(corp I64, app I64, before I64, n I64) -> acq_link_row
SELECT link, app, name, priority_type, priority, unavailable, created_ms FROM acq_link
WHERE corp = $1 AND app = $2 AND link < $3 ORDER BY link DESC LIMIT $4;

-- one acq_count_links(corp I64) -> (n I64)
-- scan: counts the corp's, when one is made
SELECT count(*) FROM acq_link WHERE corp = $1;

-- exec acq_insert_link(corp I64, link I64, app I64, name TEXT, priority_type I64,
--     priority TEXT, created_ms I64)
INSERT INTO acq_link (corp, link, app, name, priority_type, priority, unavailable, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7);

-- exec acq_update_link(corp I64, link I64, name TEXT, priority_type I64, priority TEXT)
UPDATE acq_link SET name = $3, priority_type = $4, priority = $5 WHERE corp = $1 AND link = $2;

-- exec acq_set_unavailable(corp I64, link I64, unavailable I64)
UPDATE acq_link SET unavailable = $3 WHERE corp = $1 AND link = $2;

-- exec acq_delete_link(corp I64, link I64)
DELETE FROM acq_link WHERE corp = $1 AND link = $2;

-- The corp's labels for customers.  Owner of: tag_group, tag, follow_tag.

-- The newest first, so that the bound leaves out what was deleted long ago.
-- many tag_group_select(corp I64, deleted I64)
-- -> tag_group_row (tag_group I64, name TEXT, sort_order I64, deleted I64, created_ms I64,
--     strategy I64)
SELECT tag_group, name, sort_order, deleted, created_ms, strategy FROM tag_group
WHERE corp = $1 AND deleted <= $2
ORDER BY tag_group DESC LIMIT 20000;

-- many tag_select(corp I64, deleted I64)
-- -> tag_row (tag I64, tag_group I64, name TEXT, sort_order I64, deleted I64, created_ms I64)
SELECT tag, tag_group, name, sort_order, deleted, created_ms FROM tag
WHERE corp = $1 AND deleted <= $2
ORDER BY tag DESC LIMIT 50000;

-- one tag_select_name(corp I64, tag I64) -> (name TEXT)
SELECT name FROM tag WHERE corp = $1 AND tag = $2;

-- one tag_select_one(corp I64, tag I64) -> (deleted I64, strategy I64)
SELECT t.deleted, g.strategy FROM tag t
JOIN tag_group g ON g.corp = t.corp AND g.tag_group = t.tag_group
WHERE t.corp = $1 AND t.tag = $2;

-- exec tag_group_insert(corp I64, tag_group I64, name TEXT, sort_order I64, created_ms I64,
--     strategy I64)
INSERT INTO tag_group (corp, tag_group, name, sort_order, deleted, created_ms, strategy)
VALUES ($1, $2, $3, $4, 0, $5, $6);

-- exec tag_insert(corp I64, tag I64, tag_group I64, name TEXT, sort_order I64, created_ms I64)
INSERT INTO tag (corp, tag, tag_group, name, sort_order, deleted, created_ms)
VALUES ($1, $2, $3, $4, $5, 0, $6);

-- exec tag_update(corp I64, tag I64, name TEXT, sort_order I64, deleted I64)
UPDATE tag SET name = $3, sort_order = $4, deleted = $5 WHERE corp = $1 AND tag = $2;

-- exec tag_group_update(corp I64, tag_group I64, name TEXT, sort_order I64, deleted I64)
UPDATE tag_group SET name = $3, sort_order = $4, deleted = $5 WHERE corp = $1 AND tag_group = $2;

-- created_ms is the follow's, for filters by tag and time.
-- exec follow_tag_insert(corp I64, member I64, customer I64, tag I64, created_ms I64)
INSERT INTO follow_tag (corp, member, customer, tag, created_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- exec follow_tag_copy(corp I64, customer I64, old_member I64, member I64)
INSERT INTO follow_tag (corp, member, customer, tag, created_ms)
SELECT corp, $4, customer, tag, created_ms FROM follow_tag
WHERE corp = $1 AND member = $3 AND customer = $2
ON CONFLICT DO NOTHING;

-- The follow began anew.
-- exec follow_tag_set_added(corp I64, member I64, customer I64, created_ms I64)
UPDATE follow_tag SET created_ms = $4 WHERE corp = $1 AND member = $2 AND customer = $3;

-- many follow_tag_select_ids(corp I64, member I64, customer I64) -> (tag I64)
SELECT tag FROM follow_tag WHERE corp = $1 AND member = $2 AND customer = $3
ORDER BY tag LIMIT 4000;

-- many follow_tag_select_between(corp I64, member I64, first I64, last I64, n I64)
-- -> (customer I64, tag I64)
SELECT customer, tag FROM follow_tag
WHERE corp = $1 AND member = $2 AND customer >= $3 AND customer <= $4
ORDER BY customer, tag LIMIT $5;

-- Filters by tag over the corp: newest first.
-- many follow_tag_select_newest(corp I64, tag I64, from_ms I64, before_ms I64,
--     before_customer I64, before_member I64, n I64)
-- -> (member I64, customer I64, created_ms I64)
SELECT member, customer, created_ms FROM follow_tag
WHERE corp = $1 AND tag = $2 AND created_ms >= $3
	AND (created_ms, customer, member) < ($4, $5, $6)
ORDER BY created_ms DESC, customer DESC, member DESC LIMIT $7;

-- How many there are, up to a bound: which tag is the rarest?
-- one follow_tag_count(corp I64, tag I64, from_ms I64, n I64) -> (n I64)
-- scan: of the few rows that the bound lets through
SELECT count(*) FROM (SELECT 1 FROM follow_tag
	WHERE corp = $1 AND tag = $2 AND created_ms >= $3 LIMIT $4) few;

-- exec follow_tag_delete(corp I64, member I64, customer I64, tag I64)
DELETE FROM follow_tag WHERE corp = $1 AND member = $2 AND customer = $3 AND tag = $4;

-- exec follow_tag_delete_of(corp I64, member I64, customer I64)
DELETE FROM follow_tag WHERE corp = $1 AND member = $2 AND customer = $3;

-- exec follow_tag_delete_all(corp I64, tag I64)
DELETE FROM follow_tag WHERE corp = $1 AND tag = $2;

-- many follow_tag_select(corp I64, member I64, customer I64)
-- -> (tag I64, name TEXT, group_name TEXT, strategy I64)
SELECT t.tag, t.name, g.name, g.strategy FROM follow_tag f
JOIN tag t ON t.corp = f.corp AND t.tag = f.tag
JOIN tag_group g ON g.corp = t.corp AND g.tag_group = t.tag_group
WHERE f.corp = $1 AND f.member = $2 AND f.customer = $3 AND t.deleted = 0
ORDER BY f.tag LIMIT 4000;

-- many follow_tag_select_members(corp I64, tag I64, after I64, n I64) -> (member I64)
SELECT DISTINCT member FROM follow_tag WHERE corp = $1 AND tag = $2 AND member > $3
ORDER BY member LIMIT $4;

-- one follow_tag_select_one(corp I64, member I64, customer I64, tag I64) -> (tag I64)
SELECT tag FROM follow_tag WHERE corp = $1 AND member = $2 AND customer = $3 AND tag = $4;

-- one follow_tag_doctor(corp I64) -> (n I64)
-- scan: the doctor looks at all
SELECT count(*) FROM follow_tag f
LEFT JOIN tag t ON t.corp = f.corp AND t.tag = f.tag
WHERE f.corp = $1 AND t.tag IS NULL;

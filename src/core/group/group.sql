-- Groups with customers in them, and who is.  Owner of: customer_group, group_person, group_step,
-- group_move.

-- one customer_group_select(corp I64, customer_group I64)
-- -> customer_group_row (customer_group I64, chat_id TEXT, opengid TEXT, chat I64, name TEXT,
--     notice TEXT, notice_ms I64, owner I64, inherited I64, dismissed I64, welcome I64,
--     version I64, persons I64, customers I64, created_ms I64)
SELECT customer_group, chat_id, opengid, chat, name, notice, notice_ms, owner, inherited,
	dismissed, welcome, version, persons, customers, created_ms
FROM customer_group WHERE corp = $1 AND customer_group = $2;

-- one customer_group_by_chat_id(corp I64, chat_id TEXT) -> customer_group_row
SELECT customer_group, chat_id, opengid, chat, name, notice, notice_ms, owner, inherited,
	dismissed, welcome, version, persons, customers, created_ms
FROM customer_group WHERE corp = $1 AND chat_id = $2;

-- one customer_group_by_opengid(corp I64, opengid TEXT) -> customer_group_row
SELECT customer_group, chat_id, opengid, chat, name, notice, notice_ms, owner, inherited,
	dismissed, welcome, version, persons, customers, created_ms
FROM customer_group WHERE corp = $1 AND opengid = $2;

-- one customer_group_by_chat(corp I64, chat I64) -> customer_group_row
SELECT customer_group, chat_id, opengid, chat, name, notice, notice_ms, owner, inherited,
	dismissed, welcome, version, persons, customers, created_ms
FROM customer_group WHERE corp = $1 AND chat = $2;

-- many customer_group_page(corp I64, after I64, n I64) -> customer_group_row
SELECT customer_group, chat_id, opengid, chat, name, notice, notice_ms, owner, inherited,
	dismissed, welcome, version, persons, customers, created_ms
FROM customer_group WHERE corp = $1 AND customer_group > $2 AND dismissed = 0
ORDER BY customer_group LIMIT $3;

-- many customer_group_page_of(corp I64, owner I64, after I64, n I64) -> customer_group_row
SELECT customer_group, chat_id, opengid, chat, name, notice, notice_ms, owner, inherited,
	dismissed, welcome, version, persons, customers, created_ms
FROM customer_group WHERE corp = $1 AND owner = $2 AND customer_group > $3 AND dismissed = 0
ORDER BY customer_group LIMIT $4;

-- many customer_group_owners(corp I64, after I64, n I64) -> (owner I64)
SELECT DISTINCT owner FROM customer_group WHERE corp = $1 AND owner > $2 ORDER BY owner LIMIT $3;

-- exec customer_group_insert(corp I64, customer_group I64, chat_id TEXT, opengid TEXT, chat I64,
--     name TEXT, owner I64, version I64, created_ms I64)
INSERT INTO customer_group (corp, customer_group, chat_id, opengid, chat, name, notice, notice_ms,
	owner, inherited, dismissed, welcome, version, persons, customers, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, '', 0, $7, 0, 0, 0, $8, 0, 0, $9);

-- exec customer_group_set_name(corp I64, customer_group I64, name TEXT)
UPDATE customer_group SET name = $3 WHERE corp = $1 AND customer_group = $2;

-- exec customer_group_set_notice(corp I64, customer_group I64, notice TEXT, notice_ms I64)
UPDATE customer_group SET notice = $3, notice_ms = $4 WHERE corp = $1 AND customer_group = $2;

-- exec customer_group_set_owner(corp I64, customer_group I64, owner I64, inherited I64)
UPDATE customer_group SET owner = $3, inherited = $4 WHERE corp = $1 AND customer_group = $2;

-- exec customer_group_set_welcome(corp I64, customer_group I64, welcome I64)
UPDATE customer_group SET welcome = $3 WHERE corp = $1 AND customer_group = $2;

-- exec customer_group_dismiss(corp I64, customer_group I64)
UPDATE customer_group SET dismissed = 1 WHERE corp = $1 AND customer_group = $2;

-- exec customer_group_count(corp I64, customer_group I64, version I64, persons I64, customers I64)
-- By how many they grow.
UPDATE customer_group SET version = $3, persons = persons + $4, customers = customers + $5
WHERE corp = $1 AND customer_group = $2;

-- ---- persons ----

-- exec group_person_insert(corp I64, customer_group I64, kind I64, person I64, account I64,
--     scene I64, invitor I64, way I64, state TEXT, joined_ms I64)
INSERT INTO group_person (corp, customer_group, kind, person, account, scene, invitor, way, state,
	nickname, admin, joined_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 0, $10) ON CONFLICT DO NOTHING;

-- exec group_person_delete(corp I64, customer_group I64, kind I64, person I64)
DELETE FROM group_person
WHERE corp = $1 AND customer_group = $2 AND kind = $3 AND person = $4;

-- many group_person_all(corp I64, customer_group I64)
-- -> group_person_row (kind I64, person I64, account I64, scene I64, invitor I64, way I64,
--     state TEXT, nickname TEXT, admin I64, joined_ms I64)
SELECT kind, person, account, scene, invitor, way, state, nickname, admin, joined_ms
FROM group_person WHERE corp = $1 AND customer_group = $2
ORDER BY kind, person;

-- one group_person_select(corp I64, customer_group I64, kind I64, person I64)
-- -> group_person_row
SELECT kind, person, account, scene, invitor, way, state, nickname, admin, joined_ms
FROM group_person WHERE corp = $1 AND customer_group = $2 AND kind = $3 AND person = $4;

-- exec group_person_set_nickname(corp I64, customer_group I64, kind I64, person I64, nickname TEXT)
UPDATE group_person SET nickname = $5
WHERE corp = $1 AND customer_group = $2 AND kind = $3 AND person = $4;

-- exec group_person_set_admin(corp I64, customer_group I64, kind I64, person I64, admin I64)
UPDATE group_person SET admin = $5
WHERE corp = $1 AND customer_group = $2 AND kind = $3 AND person = $4;

-- many group_person_groups(corp I64, kind I64, person I64, after I64, n I64)
-- -> (customer_group I64)
SELECT customer_group FROM group_person
WHERE corp = $1 AND kind = $2 AND person = $3 AND customer_group > $4
ORDER BY customer_group LIMIT $5;

-- many group_person_twice(corp I64, owner I64, after I64, n I64) -> (person I64, groups I64)
-- Customers who are in more than one group of an owner.
SELECT p.person, count(*)
FROM customer_group g JOIN group_person p
	ON p.corp = g.corp AND p.customer_group = g.customer_group AND p.kind = 2
WHERE g.corp = $1 AND g.owner = $2 AND g.dismissed = 0 AND p.person > $3
GROUP BY p.person HAVING count(*) > 1 ORDER BY p.person LIMIT $4;

-- ---- what happened ----

-- exec group_step_insert(corp I64, step I64, customer_group I64, owner I64, verb I64, kind I64,
--     person I64, at_ms I64)
INSERT INTO group_step (corp, step, customer_group, owner, verb, kind, person, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- many group_step_page(corp I64, owner I64, from_ms I64, to_ms I64, after I64, n I64)
-- -> group_step_row (step I64, customer_group I64, owner I64, verb I64, kind I64, person I64,
--     at_ms I64)
SELECT step, customer_group, owner, verb, kind, person, at_ms FROM group_step
WHERE corp = $1 AND owner = $2 AND at_ms >= $3 AND at_ms < $4 AND step > $5
ORDER BY at_ms, step LIMIT $6;

-- exec group_move_insert(corp I64, move I64, customer_group I64, kind I64, from_member I64,
--     to_member I64)
INSERT INTO group_move (corp, move, customer_group, kind, from_member, to_member)
VALUES ($1, $2, $3, $4, $5, $6);

-- one group_move_count_of(corp I64, customer_group I64, kind I64, since I64) -> (n I64)
SELECT count(*) FROM group_move
WHERE corp = $1 AND customer_group = $2 AND kind = $3 AND move >= $4;

-- one group_move_count_from(corp I64, from_member I64, since I64) -> (n I64)
SELECT count(*) FROM group_move WHERE corp = $1 AND from_member = $2 AND move >= $3;

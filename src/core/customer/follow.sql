-- The relation member-customer.  Owner of: follow.

-- one follow_select(corp I64, member I64, customer I64)
-- -> follow_row (member I64, customer I64, status I64, remark TEXT, description TEXT,
--     remark_company TEXT, remark_mobiles TEXT, add_way I64, state TEXT, way I64,
--     oper_userid TEXT, chat I64, created_ms I64, changed_ms I64)
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND member = $2 AND customer = $3;

-- one follow_select_by_chat(corp I64, chat I64) -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND chat = $2 AND status <> 4;

-- exec follow_insert(corp I64, member I64, customer I64, add_way I64, state TEXT, way I64,
--     oper_userid TEXT, chat I64, now I64)
INSERT INTO follow (corp, member, customer, status, remark, description, remark_company,
	remark_mobiles, add_way, state, way, oper_userid, chat, created_ms, changed_ms)
VALUES ($1, $2, $3, 1, '', '', '', '[]', $4, $5, $6, $7, $8, $9, $9);

-- exec follow_revive(corp I64, member I64, customer I64, add_way I64, state TEXT, way I64,
--     oper_userid TEXT, chat I64, now I64)
UPDATE follow SET status = 1, add_way = $4, state = $5, way = $6, oper_userid = $7, chat = $8,
	created_ms = $9, changed_ms = $9
WHERE corp = $1 AND member = $2 AND customer = $3;

-- A successor takes a customer over, whatever he was to him before.
-- exec follow_take(corp I64, member I64, customer I64, remark TEXT, description TEXT,
--     remark_company TEXT, remark_mobiles TEXT, add_way I64, state TEXT, way I64,
--     oper_userid TEXT, chat I64, now I64)
INSERT INTO follow (corp, member, customer, status, remark, description, remark_company,
	remark_mobiles, add_way, state, way, oper_userid, chat, created_ms, changed_ms)
VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
ON CONFLICT (corp, member, customer) DO UPDATE SET status = 1, remark = excluded.remark,
	description = excluded.description, remark_company = excluded.remark_company,
	remark_mobiles = excluded.remark_mobiles, add_way = excluded.add_way,
	state = excluded.state, way = excluded.way, oper_userid = excluded.oper_userid,
	chat = excluded.chat, created_ms = excluded.created_ms,
	changed_ms = excluded.changed_ms;

-- exec follow_set_notes(corp I64, member I64, customer I64, remark TEXT, description TEXT,
--     remark_company TEXT, remark_mobiles TEXT, now I64)
UPDATE follow SET remark = $4, description = $5, remark_company = $6, remark_mobiles = $7,
	changed_ms = $8
WHERE corp = $1 AND member = $2 AND customer = $3;

-- exec follow_set_status(corp I64, member I64, customer I64, status I64, now I64)
UPDATE follow SET status = $4, changed_ms = $5 WHERE corp = $1 AND member = $2 AND customer = $3;

-- exec follow_set_words(corp I64, member I64, customer I64, words TEXT)
UPDATE follow SET words = $4 WHERE corp = $1 AND member = $2 AND customer = $3;

-- Filters: newest first.  The patterns are for LIKE over folded words, % for none.
-- many follow_select_of_member(corp I64, member I64, from_ms I64, before_ms I64,
--     before_customer I64, like1 TEXT, like2 TEXT, like3 TEXT, n I64)
-- -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow
WHERE corp = $1 AND member = $2 AND created_ms >= $3 AND (created_ms, customer) < ($4, $5)
	AND words LIKE $6 ESCAPE '!' AND words LIKE $7 ESCAPE '!' AND words LIKE $8 ESCAPE '!'
ORDER BY created_ms DESC, customer DESC LIMIT $9;

-- many follow_select_of_corp(corp I64, from_ms I64, before_ms I64, before_customer I64,
--     before_member I64, like1 TEXT, like2 TEXT, like3 TEXT, n I64)
-- -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow
WHERE corp = $1 AND created_ms >= $2 AND (created_ms, customer, member) < ($3, $4, $5)
	AND words LIKE $6 ESCAPE '!' AND words LIKE $7 ESCAPE '!' AND words LIKE $8 ESCAPE '!'
ORDER BY created_ms DESC, customer DESC, member DESC LIMIT $9;

-- one follow_select_like(corp I64, member I64, customer I64, like1 TEXT, like2 TEXT, like3 TEXT)
-- -> (customer I64)
SELECT customer FROM follow WHERE corp = $1 AND member = $2 AND customer = $3
	AND words LIKE $4 ESCAPE '!' AND words LIKE $5 ESCAPE '!' AND words LIKE $6 ESCAPE '!';

-- many follow_select_page(corp I64, member I64, after I64, n I64) -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND member = $2 AND customer > $3 AND status = 1
ORDER BY customer LIMIT $4;

-- many follow_select_of_customer(corp I64, customer I64, after I64, n I64) -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND customer = $2 AND member > $3 AND status = 1
ORDER BY member LIMIT $4;

-- many follow_select_ever(corp I64, customer I64) -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND customer = $2 ORDER BY member LIMIT 10000;

-- exec follow_set_add_way(corp I64, member I64, customer I64, add_way I64)
UPDATE follow SET add_way = $4 WHERE corp = $1 AND member = $2 AND customer = $3;

-- one follow_select_count(corp I64, member I64) -> (n I64)
SELECT count(*) FROM follow WHERE corp = $1 AND member = $2 AND status = 1;

-- many follow_doctor_page(corp I64, member I64, customer I64, n I64) -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND (member, customer) > ($2, $3)
ORDER BY member, customer LIMIT $4;

-- exec follow_set_picture(corp I64, member I64, customer I64, remark_pic TEXT)
UPDATE follow SET remark_pic = $4 WHERE corp = $1 AND member = $2 AND customer = $3;

-- one follow_select_picture(corp I64, member I64, customer I64) -> (remark_pic TEXT)
SELECT remark_pic FROM follow WHERE corp = $1 AND member = $2 AND customer = $3;

-- many follow_select_served(corp I64, customer I64, member I64, n I64) -> follow_row
SELECT member, customer, status, remark, description, remark_company, remark_mobiles, add_way,
	state, way, oper_userid, chat, created_ms, changed_ms
FROM follow WHERE corp = $1 AND (customer, member) > ($2, $3) AND status = 1
ORDER BY customer, member LIMIT $4;

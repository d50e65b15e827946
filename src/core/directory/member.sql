-- People of a corp and their places.  Owner of: member, member_department.

-- one member_select(corp I64, member I64)
-- -> member_row (member I64, number I64, userid TEXT, name TEXT, alias TEXT, position TEXT,
--     mobile TEXT, email TEXT, biz_mail TEXT, telephone TEXT, address TEXT, gender I64,
--     avatar TEXT, external_position TEXT, external_profile TEXT, extattr TEXT,
--     main_department I64, direct_leader TEXT, status I64, admin I64, serves_customers I64,
--     created_ms I64)
SELECT member, number, userid, name, alias, position, mobile, email, biz_mail, telephone,
	address, gender, avatar, external_position, external_profile, extattr,
	main_department, direct_leader, status, admin, serves_customers, created_ms
FROM member WHERE corp = $1 AND member = $2;

-- one member_select_by_userid(corp I64, userid_folded TEXT) -> member_row
SELECT member, number, userid, name, alias, position, mobile, email, biz_mail, telephone,
	address, gender, avatar, external_position, external_profile, extattr,
	main_department, direct_leader, status, admin, serves_customers, created_ms
FROM member WHERE corp = $1 AND userid_folded = $2;

-- Pages in order of id; `pattern` is of LIKE, with backslash as escape.
-- many member_search(corp I64, after I64, pattern TEXT, n I64) -> member_row
SELECT member, number, userid, name, alias, position, mobile, email, biz_mail, telephone,
	address, gender, avatar, external_position, external_profile, extattr,
	main_department, direct_leader, status, admin, serves_customers, created_ms
FROM member
WHERE corp = $1 AND member > $2 AND status <> 5 AND (name_folded LIKE $3 ESCAPE '\'
	OR userid_folded LIKE $3 ESCAPE '\' OR mobile LIKE $3 ESCAPE '\')
ORDER BY member LIMIT $4;

-- many member_select_page(corp I64, after I64, n I64) -> member_row
SELECT member, number, userid, name, alias, position, mobile, email, biz_mail, telephone,
	address, gender, avatar, external_position, external_profile, extattr,
	main_department, direct_leader, status, admin, serves_customers, created_ms
FROM member WHERE corp = $1 AND member > $2 AND status <> 5 ORDER BY member LIMIT $3;

-- one member_standing_select(corp I64, member I64) -> standing_row (status I64, admin I64)
SELECT status, admin FROM member WHERE corp = $1 AND member = $2;

-- one member_serving_select(corp I64, member I64)
-- -> serving_row (userid TEXT, status I64, serves_customers I64)
SELECT userid, status, serves_customers FROM member WHERE corp = $1 AND member = $2;

-- one member_of_userid(corp I64, userid_folded TEXT) -> found_row (member I64)
SELECT member FROM member WHERE corp = $1 AND userid_folded = $2;

-- one member_of_mobile(corp I64, mobile TEXT) -> found_row
SELECT member FROM member WHERE corp = $1 AND mobile = $2 AND mobile <> '';

-- one member_of_email(corp I64, email_folded TEXT) -> found_row
SELECT member FROM member WHERE corp = $1 AND email_folded = $2 AND email_folded <> '';

-- one member_count_all(corp I64) -> (n I64)
-- scan: the whole corp is counted, for administrators
SELECT count(*) FROM member WHERE corp = $1 AND status <> 5;

-- one member_count_active(corp I64) -> (n I64)
-- scan: the whole corp is counted, for administrators
SELECT count(*) FROM member WHERE corp = $1 AND status = 1;

-- one member_count_admins(corp I64) -> (n I64)
-- scan: the whole corp is counted, when an administrator is disabled
SELECT count(*) FROM member WHERE corp = $1 AND admin = 1 AND status IN (1, 4);

-- exec member_insert(corp I64, member I64, number I64, userid TEXT, userid_folded TEXT,
--     name TEXT, name_folded TEXT, alias TEXT, position TEXT, mobile TEXT, email TEXT,
--     email_folded TEXT, biz_mail TEXT, telephone TEXT, address TEXT, gender I64,
--     avatar TEXT, external_position TEXT, external_profile TEXT, extattr TEXT,
--     main_department I64, direct_leader TEXT, status I64, admin I64,
--     serves_customers I64, created_ms I64)
INSERT INTO member (corp, member, number, userid, userid_folded, name, name_folded, alias,
	position, mobile, email, email_folded, biz_mail, telephone, address, gender, avatar,
	external_position, external_profile, extattr, main_department, direct_leader, status,
	admin, serves_customers, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
	$19, $20, $21, $22, $23, $24, $25, $26)
ON CONFLICT DO NOTHING;

-- exec member_update(corp I64, member I64, name TEXT, name_folded TEXT, alias TEXT,
--     position TEXT, mobile TEXT, email TEXT, email_folded TEXT, biz_mail TEXT,
--     telephone TEXT, address TEXT, gender I64, avatar TEXT, external_position TEXT,
--     external_profile TEXT, extattr TEXT, main_department I64, direct_leader TEXT,
--     admin I64, serves_customers I64)
UPDATE member SET name = $3, name_folded = $4, alias = $5, position = $6, mobile = $7,
	email = $8, email_folded = $9, biz_mail = $10, telephone = $11, address = $12,
	gender = $13, avatar = $14, external_position = $15, external_profile = $16,
	extattr = $17, main_department = $18, direct_leader = $19, admin = $20,
	serves_customers = $21
WHERE corp = $1 AND member = $2;

-- exec member_update_status(corp I64, member I64, status I64, left_ms I64)
UPDATE member SET status = $3, left_ms = $4 WHERE corp = $1 AND member = $2;

-- many member_select_gone(corp I64, after I64, n I64)
-- -> gone_row (member I64, userid TEXT, left_ms I64)
SELECT member, userid, left_ms FROM member
WHERE corp = $1 AND member > $2 AND status IN (2, 5) ORDER BY member LIMIT $3;

-- many place_select(corp I64, member I64)
-- -> place_row (department I64, sort_order I64, is_leader I64)
SELECT department, sort_order, is_leader FROM member_department
WHERE corp = $1 AND member = $2 ORDER BY department;

-- each place_members(corp I64, department I64) -> found_row
SELECT member FROM member_department WHERE corp = $1 AND department = $2;

-- each place_counts(corp I64) -> (department I64, n I64)
-- scan: the whole corp is counted, for administrators
SELECT department, count(*) FROM member_department WHERE corp = $1
GROUP BY department ORDER BY department;

-- each place_leaders(corp I64, department I64) -> found_row
SELECT member FROM member_department
WHERE corp = $1 AND department = $2 AND is_leader = 1 ORDER BY member;

-- exec place_insert(corp I64, department I64, member I64, sort_order I64, is_leader I64)
INSERT INTO member_department (corp, department, member, sort_order, is_leader)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- exec place_delete_all(corp I64, member I64)
DELETE FROM member_department WHERE corp = $1 AND member = $2;

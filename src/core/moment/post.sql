-- Moments with their members, and what is said of them.
-- Owner of: moment_post, moment_like, moment_comment.

-- one post_select(corp I64, moment I64, member I64)
-- -> post_row (moment I64, member I64, status I64, published_ms I64)
SELECT moment, member, status, published_ms FROM moment_post
WHERE corp = $1 AND moment = $2 AND member = $3;

-- exec post_insert(corp I64, moment I64, member I64, status I64, published_ms I64)
INSERT INTO moment_post (corp, moment, member, status, published_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- exec post_set_status(corp I64, moment I64, member I64, status I64, published_ms I64)
UPDATE moment_post SET status = $4, published_ms = $5
WHERE corp = $1 AND moment = $2 AND member = $3;

-- many post_select_page(corp I64, moment I64, after I64, n I64) -> post_row
SELECT moment, member, status, published_ms FROM moment_post
WHERE corp = $1 AND moment = $2 AND member > $3 ORDER BY member LIMIT $4;

-- many post_select_of_member(corp I64, member I64, status I64, before_ms I64, before_moment I64,
--     n I64) -> post_row
SELECT moment, member, status, published_ms FROM moment_post
WHERE corp = $1 AND member = $2 AND status = $3 AND (published_ms, moment) < ($4, $5)
ORDER BY published_ms DESC, moment DESC LIMIT $6;

-- one post_count_since(corp I64, member I64, since_ms I64) -> (n I64)
SELECT count(*) FROM moment_post
WHERE corp = $1 AND member = $2 AND status = 1 AND published_ms > $3;

-- one post_count(corp I64, moment I64, status I64) -> (n I64)
SELECT count(*) FROM moment_post WHERE corp = $1 AND moment = $2 AND status >= $3;

-- one like_count(corp I64, moment I64) -> (n I64)
SELECT count(*) FROM moment_like WHERE corp = $1 AND moment = $2;

-- one comment_count(corp I64, moment I64) -> (n I64)
SELECT count(*) FROM moment_comment WHERE corp = $1 AND moment = $2;

-- one comment_count_of(corp I64, moment I64, member I64) -> (n I64)
SELECT count(*) FROM moment_comment WHERE corp = $1 AND moment = $2 AND member = $3;

-- many like_select(corp I64, moment I64, member I64)
-- -> (person_kind I64, person I64, created_ms I64)
SELECT person_kind, person, created_ms FROM moment_like
WHERE corp = $1 AND moment = $2 AND member = $3 ORDER BY person_kind, person LIMIT 20000;

-- exec like_insert(corp I64, moment I64, member I64, person_kind I64, person I64, now I64)
INSERT INTO moment_like (corp, moment, member, person_kind, person, created_ms)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING;

-- exec like_delete(corp I64, moment I64, member I64, person_kind I64, person I64)
DELETE FROM moment_like
WHERE corp = $1 AND moment = $2 AND member = $3 AND person_kind = $4 AND person = $5;

-- many comment_select(corp I64, moment I64, member I64)
-- -> comment_row (comment I64, person_kind I64, person I64, words TEXT, reply_to I64,
--     created_ms I64)
SELECT comment, person_kind, person, words, reply_to, created_ms FROM moment_comment
WHERE corp = $1 AND moment = $2 AND member = $3 ORDER BY comment LIMIT 5000;

-- one comment_select_one(corp I64, moment I64, member I64, comment I64) -> comment_row
SELECT comment, person_kind, person, words, reply_to, created_ms FROM moment_comment
WHERE corp = $1 AND moment = $2 AND member = $3 AND comment = $4;

-- exec comment_insert(corp I64, moment I64, member I64, comment I64, person_kind I64, person I64,
--     words TEXT, reply_to I64, now I64)
INSERT INTO moment_comment (corp, moment, member, comment, person_kind, person, words, reply_to,
	created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- exec comment_delete(corp I64, moment I64, member I64, comment I64)
DELETE FROM moment_comment WHERE corp = $1 AND moment = $2 AND member = $3 AND comment = $4;

-- Sensitive words.  Owner of: word_rule, word_rule_range, word_hit.

-- one word_select(corp I64, rule I64)
-- -> word_row (rule I64, app I64, name TEXT, words TEXT, semantics I64, intercept I64,
--     deleted I64, created_ms I64)
SELECT rule, app, name, words, semantics, intercept, deleted, created_ms FROM word_rule
WHERE corp = $1 AND rule = $2;

-- many word_select_live(corp I64, n I64) -> word_row
SELECT rule, app, name, words, semantics, intercept, deleted, created_ms FROM word_rule
WHERE corp = $1 AND deleted = 0 ORDER BY rule LIMIT $2;

-- exec word_insert(corp I64, rule I64, app I64, name TEXT, words TEXT, semantics I64,
--     intercept I64, created_ms I64)
INSERT INTO word_rule (corp, rule, app, name, words, semantics, intercept, deleted, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8);

-- exec word_update(corp I64, rule I64, name TEXT, words TEXT, semantics I64, intercept I64)
UPDATE word_rule SET name = $3, words = $4, semantics = $5, intercept = $6
WHERE corp = $1 AND rule = $2;

-- exec word_set_deleted(corp I64, rule I64)
UPDATE word_rule SET deleted = 1 WHERE corp = $1 AND rule = $2;

-- many word_select_range(corp I64, rule I64, n I64) -> (kind I64, target I64)
SELECT kind, target FROM word_rule_range WHERE corp = $1 AND rule = $2
ORDER BY kind, target LIMIT $3;

-- exec word_insert_range(corp I64, rule I64, kind I64, target I64)
INSERT INTO word_rule_range (corp, rule, kind, target) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec word_delete_range(corp I64, rule I64)
DELETE FROM word_rule_range WHERE corp = $1 AND rule = $2;

-- exec word_insert_hit(corp I64, hit I64, rule I64, member I64, chat I64, seq I64, word TEXT)
INSERT INTO word_hit (corp, hit, rule, member, chat, seq, word)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- many word_select_hits(corp I64, before I64, n I64)
-- -> word_hit_row (hit I64, rule I64, member I64, chat I64, seq I64, word TEXT)
SELECT hit, rule, member, chat, seq, word FROM word_hit
WHERE corp = $1 AND hit < $2 ORDER BY hit DESC LIMIT $3;

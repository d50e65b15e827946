-- First words by rule.  Owner of: welcome_rule, welcome_rule_range.

-- many welcome_rule_select(corp I64)
-- -> welcome_rule_row (rule I64, owner I64, name TEXT, days I64, from_min I64, until_min I64,
--     content TEXT, attachments TEXT, enabled I64, changed_ms I64)
SELECT rule, owner, name, days, from_min, until_min, content, attachments, enabled, changed_ms
FROM welcome_rule WHERE corp = $1 AND owner = 0 ORDER BY rule DESC LIMIT 1000;

-- many welcome_rule_select_own(corp I64, owner I64) -> welcome_rule_row
SELECT rule, owner, name, days, from_min, until_min, content, attachments, enabled, changed_ms
FROM welcome_rule WHERE corp = $1 AND owner = $2 ORDER BY rule DESC LIMIT 1;

-- one welcome_rule_select_one(corp I64, rule I64) -> welcome_rule_row
SELECT rule, owner, name, days, from_min, until_min, content, attachments, enabled, changed_ms
FROM welcome_rule WHERE corp = $1 AND rule = $2;

-- exec welcome_rule_insert(corp I64, rule I64, owner I64, name TEXT, days I64, from_min I64,
--     until_min I64, content TEXT, attachments TEXT, enabled I64, now I64)
INSERT INTO welcome_rule (corp, rule, owner, name, days, from_min, until_min, content,
	attachments, enabled, changed_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (corp, rule) DO UPDATE SET name = excluded.name, days = excluded.days,
	from_min = excluded.from_min, until_min = excluded.until_min,
	content = excluded.content, attachments = excluded.attachments,
	enabled = excluded.enabled, changed_ms = excluded.changed_ms;

-- exec welcome_rule_delete(corp I64, rule I64)
DELETE FROM welcome_rule WHERE corp = $1 AND rule = $2;

-- many welcome_rule_range_select(corp I64, rule I64) -> (kind I64, target I64)
SELECT kind, target FROM welcome_rule_range WHERE corp = $1 AND rule = $2
ORDER BY kind, target LIMIT 2000;

-- exec welcome_rule_range_insert(corp I64, rule I64, kind I64, target I64)
INSERT INTO welcome_rule_range (corp, rule, kind, target) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec welcome_rule_range_delete(corp I64, rule I64)
DELETE FROM welcome_rule_range WHERE corp = $1 AND rule = $2;

-- Who follows when somebody leaves.  Owner of: handover_rule, handover_leaving.

-- many handover_rule_select(corp I64)
-- -> (position I64, when_kind I64, when_target I64, to_kind I64, to_target I64)
SELECT position, when_kind, when_target, to_kind, to_target FROM handover_rule
WHERE corp = $1 ORDER BY position LIMIT 100;

-- exec handover_rule_insert(corp I64, position I64, when_kind I64, when_target I64, to_kind I64,
--     to_target I64)
INSERT INTO handover_rule (corp, position, when_kind, when_target, to_kind, to_target)
VALUES ($1, $2, $3, $4, $5, $6);

-- exec handover_rule_delete_all(corp I64)
-- scan: a corp has at most a hundred
DELETE FROM handover_rule WHERE corp = $1;

-- exec leaving_put(corp I64, member I64, after I64, departments TEXT, oper_userid TEXT)
INSERT INTO handover_leaving (corp, member, after, departments, oper_userid)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (corp, member) DO UPDATE SET after = excluded.after;

-- one leaving_first(corp I64)
-- -> (member I64, after I64, departments TEXT, oper_userid TEXT)
SELECT member, after, departments, oper_userid FROM handover_leaving
WHERE corp = $1 ORDER BY member LIMIT 1;

-- exec leaving_delete(corp I64, member I64)
DELETE FROM handover_leaving WHERE corp = $1 AND member = $2;

-- The tree.  Owner of: department.

-- each department_each(corp I64)
-- -> department_row (department I64, parent I64, name TEXT, name_en TEXT, sort_order I64)
-- scan: the whole tree is wanted
SELECT department, parent, name, name_en, sort_order
FROM department WHERE corp = $1 ORDER BY department;

-- one department_count(corp I64) -> (n I64)
-- scan: the whole tree is counted
SELECT count(*) FROM department WHERE corp = $1;

-- one department_select(corp I64, department I64) -> department_row
SELECT department, parent, name, name_en, sort_order
FROM department WHERE corp = $1 AND department = $2;

-- one department_last(corp I64) -> (department I64)
SELECT department FROM department WHERE corp = $1 ORDER BY department DESC LIMIT 1;

-- exec department_insert(corp I64, department I64, parent I64, name TEXT, name_en TEXT,
--     sort_order I64)
INSERT INTO department (corp, department, parent, name, name_en, sort_order)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING;

-- exec department_update(corp I64, department I64, parent I64, name TEXT, name_en TEXT,
--     sort_order I64)
UPDATE department SET parent = $3, name = $4, name_en = $5, sort_order = $6
WHERE corp = $1 AND department = $2;

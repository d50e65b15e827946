-- What customers report.  Owner of: report.

-- exec report_insert(corp I64, report I64, customer I64, member I64, chat I64, reason TEXT,
--     words TEXT, messages TEXT)
INSERT INTO report (corp, report, customer, member, chat, reason, words, messages, closed_ms,
	closed_by, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', '');

-- one report_select(corp I64, report I64)
-- -> report_row (report I64, customer I64, member I64, chat I64, reason TEXT, words TEXT,
--     messages TEXT, closed_ms I64, closed_by TEXT, note TEXT)
SELECT report, customer, member, chat, reason, words, messages, closed_ms, closed_by, note
FROM report WHERE corp = $1 AND report = $2;

-- many report_select_page(corp I64, before I64, n I64) -> report_row
SELECT report, customer, member, chat, reason, words, messages, closed_ms, closed_by, note
FROM report WHERE corp = $1 AND report < $2 ORDER BY report DESC LIMIT $3;

-- many report_select_open(corp I64, before I64, n I64) -> report_row
SELECT report, customer, member, chat, reason, words, messages, closed_ms, closed_by, note
FROM report WHERE corp = $1 AND report < $2 AND closed_ms = 0 ORDER BY report DESC LIMIT $3;

-- exec report_set_state(corp I64, report I64, closed_ms I64, closed_by TEXT, note TEXT)
UPDATE report SET closed_ms = $3, closed_by = $4, note = $5 WHERE corp = $1 AND report = $2;

-- one report_count_open(corp I64) -> (n I64)
-- scan: the open ones alone, by their index
SELECT count(*) FROM report WHERE corp = $1 AND closed_ms = 0;

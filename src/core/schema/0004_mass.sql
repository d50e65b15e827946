-- Sensitive words of the corp, and what was said in spite of a warning.

CREATE TABLE word_rule (
	corp I64 NOT NULL,
	rule I64 NOT NULL,
	app I64 NOT NULL,               -- agentid of the maker, 0: the console
	name TEXT NOT NULL,
	words TEXT NOT NULL,            -- one a line
	semantics I64 NOT NULL,         -- bits: 1 << 1 mobile, 1 << 2 e-mail, 1 << 3 red packet
	intercept I64 NOT NULL,         -- 1 stop, 2 warn
	deleted I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, rule)
) CLUSTERED;
CREATE INDEX word_rule_live ON word_rule (corp, rule) WHERE deleted = 0;

CREATE TABLE word_rule_range (
	corp I64 NOT NULL,
	rule I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	PRIMARY KEY (corp, rule, kind, target)
) CLUSTERED;

CREATE TABLE word_hit (
	corp I64 NOT NULL,
	hit I64 NOT NULL,
	rule I64 NOT NULL,
	member I64 NOT NULL,
	chat I64 NOT NULL,
	seq I64 NOT NULL,               -- the message that was sent all the same
	word TEXT NOT NULL,
	PRIMARY KEY (corp, hit)
) CLUSTERED;

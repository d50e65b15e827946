-- The schema of the store's own tests.
CREATE TABLE item (
	corp I64 NOT NULL,
	id I64 NOT NULL,
	name TEXT NOT NULL,
	note TEXT,
	data BYTES,
	PRIMARY KEY (corp, id)
) CLUSTERED;
CREATE UNIQUE INDEX item_name ON item (corp, name);

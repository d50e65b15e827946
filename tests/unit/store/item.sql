-- The statements of the store's own tests.

-- exec item_add(corp I64, id I64, name TEXT, note TEXT?, data BYTES?)
INSERT INTO item (corp, id, name, note, data) VALUES ($1, $2, $3, $4, $5);

-- exec item_put(corp I64, id I64, name TEXT)
INSERT INTO item (corp, id, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- one item_by_id(corp I64, id I64)
--   -> item (id I64, name TEXT, note TEXT, data BYTES, rank I64)
SELECT id, name, note, data, rank FROM item WHERE corp = $1 AND id = $2;

-- many item_page(corp I64, after I64, n I64) -> item
SELECT id, name, note, data, rank FROM item WHERE corp = $1 AND id > $2
ORDER BY id LIMIT $3;

-- many item_by_ids(corp I64, ids I64*) -> item
SELECT id, name, note, data, rank FROM item WHERE corp = $1 AND id IN_LIST($2) ORDER BY id;

-- many item_by_names(corp I64, names TEXT*) -> item
SELECT id, name, note, data, rank FROM item WHERE corp = $1 AND name IN_LIST($2) ORDER BY id;

-- one item_raise(corp I64, id I64, rank I64) -> (rank I64)
UPDATE item SET rank = GREATEST(rank, $3) WHERE corp = $1 AND id = $2 RETURNING rank;

-- exec item_drop(corp I64, id I64)
DELETE FROM item WHERE corp = $1 AND id = $2;

-- each item_each(corp I64) -> (id I64, name TEXT)
SELECT id, name FROM item WHERE corp = $1 ORDER BY id;

-- one item_nulls(corp I64) -> (n I64)
SELECT count(*) FROM item WHERE corp = $1 AND note IS NULL AND data IS NULL;

-- one item_count(corp I64) -> (n I64)
SELECT count(*) FROM item WHERE corp = $1;

-- exec log_add(corp I64, entry I64)
INSERT INTO log (corp, entry) VALUES ($1, $2);

-- one log_words(corp I64, entry I64) -> (words TEXT)
SELECT words FROM log WHERE corp = $1 AND entry = $2;

/*
 * kit/outbox.ts - what was written but not yet acknowledged survives the page.
 *
 * A message is put into localStorage before it is shown, because that is written at
 * once: a page closed a moment after Enter loses nothing.  The bytes of a file go to
 * IndexedDB, which takes large things.  Sending one twice is harmless: the nonce
 * stays the same.
 */
import { forget, kept, load, save } from './keep';
import type { Pending } from './store';

const DB = 'liaison';
const FILES = 'files';

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DB, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(FILES);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('no database'));
  });
}

async function files<T>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  try {
    const db = await database();
    return await new Promise<T>((resolve, reject) => {
      const tx = db.transaction(FILES, mode);
      const request = use(tx.objectStore(FILES));
      tx.oncomplete = () => resolve(request.result);
      tx.onerror = tx.onabort = () => reject(tx.error ?? new Error('aborted'));
    }).finally(() => db.close());
  } catch {
    return undefined; /* private mode: files last as long as the page */
  }
}

export class Outbox {
  private readonly memory = new Map<string, Blob>();
  private readonly withFile = new Set<string>();

  /* `owner` tells one signed-in person's messages from another's. */
  constructor(private readonly owner: string) {}

  private key(nonce: string): string {
    return `out.${this.owner}.${nonce}`;
  }

  put(p: Pending): void {
    save(this.key(p.nonce), JSON.stringify({ ...p, share: undefined }));
  }

  async putFile(nonce: string, file: Blob): Promise<void> {
    this.memory.set(nonce, file);
    this.withFile.add(nonce);
    await files('readwrite', (store) => store.put(file, nonce));
  }

  async file(nonce: string): Promise<Blob | undefined> {
    const held = this.memory.get(nonce);
    if (held) return held;
    const found = await files<Blob>('readonly', (store) => store.get(nonce));
    if (found) this.memory.set(nonce, found);
    return found;
  }

  drop(nonce: string): void {
    forget(this.key(nonce));
    this.memory.delete(nonce);
    if (this.withFile.delete(nonce)) void files('readwrite', (store) => store.delete(nonce));
  }

  /* Everything that waits, oldest first. */
  all(): Pending[] {
    const found: Pending[] = [];
    for (const key of kept(`out.${this.owner}.`)) {
      try {
        const p = JSON.parse(load(key) ?? '') as Pending;
        if (p.file) this.withFile.add(p.nonce);
        found.push(p);
      } catch {
        forget(key);
      }
    }
    return found.sort((a, b) => a.made - b.made);
  }
}

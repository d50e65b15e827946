#!/usr/bin/env node
/*
 * doc/ledger-check.mjs - check an exported proof, with nothing but Node (doc/ledger.md).
 *
 *	node ledger-check.mjs PROOF.jsonl [--key HEX] [--head HASH]
 *
 * --key is the company's public key (`liaison ledger key`), --head a hash that you kept.
 * Prints the customer's entries, oldest first; ends with 1 and a reason when anything is wrong.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, ...options] = process.argv.slice(2);
const option = (name) => options[options.indexOf(name) + 1];
const wanted = { key: options.includes('--key') && option('--key'), head: options.includes('--head') && option('--head') };
const fail = (words) => { console.error(`WRONG: ${words}`); process.exit(1); };
const sha = (text) => createHash('sha256').update(text).digest('hex');
/* A raw Ed25519 key as the SubjectPublicKeyInfo that node:crypto reads. */
const keyOf = (hex) => createPublicKey({ key: Buffer.from(`302a300506032b6570032100${hex}`, 'hex'), format: 'der', type: 'spki' });

const [first, ...links] = readFileSync(file ?? 0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
let { hash, after: entry } = first, heads = 0, metHead = wanted.head === hash;

for (const link of links) {
  if (link.head !== undefined) {
    const head = JSON.parse(link.head);
    if (wanted.key && link.key !== wanted.key) fail(`the head at entry ${entry} is signed by another key`);
    if (!verify(null, Buffer.from(link.head), keyOf(link.key), Buffer.from(link.signature, 'hex'))) fail(`the head at entry ${entry} has a wrong signature`);
    if (head.corp !== first.ledger || head.entry !== entry || head.hash !== hash) fail(`the head at entry ${entry} is of another chain`);
    heads++;
    console.log(`signed ${head.day}: entry ${entry} ${hash}`);
    continue;
  }
  entry++;
  if (link.entry !== entry) fail(`entry ${entry} is missing`);
  hash = sha(hash + (link.line === undefined ? link.digest : sha(link.line)));
  if (link.hash !== undefined && link.hash !== hash) fail(`entry ${entry} or one before it was altered`);
  if (link.line !== undefined) {
    const line = JSON.parse(link.line);
    if (line.corp !== first.ledger || line.entry !== entry || line.customer !== first.customer) fail(`entry ${entry} is of another ledger`);
    console.log(link.line);
  }
  metHead ||= wanted.head === hash;
}
if (wanted.head && !metHead) fail('the chain does not pass through the head you kept');
if (wanted.key && !heads) fail('no head of the chain is signed: ask for a later export');
console.log(`right: ${entry - first.after} entries to head ${hash}, ${heads} signed`);

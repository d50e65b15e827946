/* Values for callback settings, as WeCom's consoles make them. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/* The last of an EncodingAESKey's 43 characters carries two bits that mean nothing:
 * these leave them zero, so strict Base64 decoders take the key too. */
const LAST = 'AEIMQUYcgkosw048';

function randomText(length: number, from: string): string {
  const most = 256 - (256 % from.length); /* above it the first letters would come too often */
  let text = '';
  while (text.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < most && text.length < length) text += from[byte % from.length];
  return text;
}

export function randomToken(): string {
  return randomText(24, LETTERS);
}

export function randomKey(): string {
  return randomText(42, LETTERS) + randomText(1, LAST);
}

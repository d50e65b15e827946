/*
 * kit/chat/text.ts - what people and apps write, taken apart into harmless pieces.
 *
 * Nothing here makes HTML: components render the pieces as text nodes and as links
 * whose address was checked.  Only http and https are followed.
 */
export type Piece =
  | { t: 'text'; text: string }
  | { t: 'link'; text: string; href: string }
  | { t: 'bold'; pieces: Piece[] }
  | { t: 'code'; text: string }
  | { t: 'colour'; colour: Colour; pieces: Piece[] };

export type Colour = 'info' | 'comment' | 'warning' | 'gray' | 'highlight' | 'normal';

export type Block =
  | { t: 'heading'; level: number; pieces: Piece[] }
  | { t: 'quote'; pieces: Piece[] }
  | { t: 'line'; pieces: Piece[]; colour?: Colour };

const URL_IN_TEXT = /https?:\/\/[^\s<>"'`，。！？；：、（）【】《》“”‘’]+/gi;

/* The address when it may be followed, '' otherwise. */
export function safeHref(href: string): string {
  try {
    const url = new URL(href.trim());
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : '';
  } catch {
    return '';
  }
}

/* A full stop or a bracket after an address belongs to the sentence. */
function trimEnd(url: string): string {
  let end = url.length;
  while (end > 0) {
    const c = url[end - 1] as string;
    const unopened = c === ')' && !url.slice(0, end).includes('(');
    if (!'.,;:!?'.includes(c) && !unopened) break;
    end--;
  }
  return url.slice(0, end);
}

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const shown = trimEnd(match[0]);
    const href = safeHref(shown);
    if (!href) continue;
    if (match.index > at) pieces.push({ t: 'text', text: text.slice(at, match.index) });
    pieces.push({ t: 'link', text: shown, href });
    at = match.index + shown.length;
  }
  if (at < text.length) pieces.push({ t: 'text', text: text.slice(at) });
  return pieces;
}

/* One to three emoji and nothing else are shown large. */
export function isBigEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > 24) return false;
  if (!/^[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f\u{1f1e6}-\u{1f1ff}\s]+$/u.test(trimmed))
    return false;
  const joined = trimmed.replace(/\u200d.|[\ufe0f\s]|\p{Emoji_Modifier}/gu, '');
  return Array.from(joined).length <= 3;
}

const INLINE =
  /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|<font\s+color="?(info|comment|warning)"?>([^]*?)<\/font>/;

/* **bold**, `code`, [words](address), <font color="info">; the rest is text. */
export function inline(text: string, depth = 0): Piece[] {
  const match = depth > 4 ? null : INLINE.exec(text);
  if (!match) return linkify(text);
  const [whole, bold, code, words, address, colour, coloured] = match;
  const pieces = linkify(text.slice(0, match.index));
  if (bold !== undefined) {
    pieces.push({ t: 'bold', pieces: inline(bold, depth + 1) });
  } else if (code !== undefined) {
    pieces.push({ t: 'code', text: code });
  } else if (words !== undefined) {
    const href = safeHref(address ?? '');
    pieces.push(href ? { t: 'link', text: words, href } : { t: 'text', text: words });
  } else {
    const inner = inline(coloured ?? '', depth + 1);
    pieces.push({ t: 'colour', colour: colour as Colour, pieces: inner });
  }
  return [...pieces, ...inline(text.slice(match.index + whole.length), depth)];
}

/* The subset of Markdown that WeCom shows. */
export function markdown(text: string): Block[] {
  return text.split(/\r?\n/).map((line): Block => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading)
      return {
        t: 'heading',
        level: (heading[1] as string).length,
        pieces: inline(heading[2] as string),
      };
    if (line.startsWith('>')) return { t: 'quote', pieces: inline(line.slice(1).trim()) };
    return { t: 'line', pieces: inline(line) };
  });
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
};

function plain(text: string): string {
  const noTags = text.replace(/<\/?(b|i|u|strong|em|span|p|a|font)\b[^>]*>/gi, '');
  return noTags.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/* The description of a text card: lines in <div class="gray|normal|highlight">, <br>. */
export function cardLines(description: string): Block[] {
  const lines: Block[] = [];
  const add = (text: string, colour?: Colour) => {
    for (const line of text.split(/<br\s*\/?>|\r?\n/i)) {
      const shown = plain(line);
      if (shown.trim()) lines.push({ t: 'line', pieces: [{ t: 'text', text: shown }], colour });
    }
  };
  const div = /<div\s+class="?(gray|normal|highlight)"?\s*>([^]*?)<\/div>/gi;
  let at = 0;
  for (const match of description.matchAll(div)) {
    add(description.slice(at, match.index));
    add(match[2] as string, match[1] as Colour);
    at = match.index + match[0].length;
  }
  add(description.slice(at).replace(/<\/?div[^>]*>/gi, ''));
  return lines;
}

/* One line of what a message says, without its markup. */
export function oneLine(text: string): string {
  return plain(text.replace(/<\/?(div|br)\b[^>]*>/gi, ' '))
    .replace(/\[([^\]]+)\]\([^)\s]*\)/g, '$1')
    .replace(/(^|\s)(#{1,6}|>)\s+/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

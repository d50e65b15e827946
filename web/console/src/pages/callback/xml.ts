/* Lays flat XML out over lines, as callbacks are: a line an element, CDATA untouched. */
export function layOut(xml: string): string {
  const parts = xml.match(/<!\[CDATA\[[^]*?\]\]>|<\/[^>]*>|<[^>]*>|[^<]+|</g) ?? [xml];
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  for (const part of parts) {
    const isClose = part.startsWith('</');
    const isOpen = /^<[^!/][^]*>$/.test(part);
    if (isOpen) {
      if (line) lines.push(line);
      line = '  '.repeat(depth) + part;
      if (!part.endsWith('/>')) depth++;
    } else if (isClose) {
      depth = Math.max(0, depth - 1);
      line = line ? line + part : '  '.repeat(depth) + part;
      lines.push(line);
      line = '';
    } else if (line || part.trim()) line += part;
  }
  if (line.trim()) lines.push(line);
  return lines.join('\n');
}

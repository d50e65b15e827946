/* kit/chat/replies.ts - quick replies, as the line to write in offers them. */
export interface QuickReply {
  reply: string;
  mine: boolean;
  group: string;
  title: string;
  text: string;
  attachments: readonly unknown[];
}

const MOST = 50;

/* Those that have each word of the question, in any of their fields; titles first. */
export function matching(replies: readonly QuickReply[], question: string): QuickReply[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  const fold = (r: QuickReply) => `${r.title}\n${r.group}\n${r.text}`.toLowerCase();
  const fits = replies.filter((r) => words.every((w) => fold(r).includes(w)));
  const inTitle = (r: QuickReply) => words.every((w) => r.title.toLowerCase().includes(w));
  return [...fits.filter(inTitle), ...fits.filter((r) => !inTitle(r))].slice(0, MOST);
}

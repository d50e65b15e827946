/* desk/customer/follow.ts - words for a customer: what he is called, whence he came. */
import { hasWord, say, type Follow } from '@liaison/kit';

export function customerName(f: Pick<Follow, 'name' | 'remark'>): string {
  return f.remark || f.name;
}

/* WeCom's add_way numbers. */
export function sourceWords(f: Pick<Follow, 'add_way' | 'way_remark'>): string {
  const key = `customer.way.w${f.add_way}`;
  const way = hasWord(key) ? say(key) : say('customer.way.w0');
  return f.way_remark ? `${way} · ${f.way_remark}` : way;
}

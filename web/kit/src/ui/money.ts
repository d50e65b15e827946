/* kit/ui/money.ts - prices: fen in, yuan as people read them out. */
export function yuan(fen: number, locale: string): string {
  return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', {
    style: 'currency',
    currency: 'CNY',
  }).format(fen / 100);
}

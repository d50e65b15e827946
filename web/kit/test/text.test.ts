import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardLines, inline, isBigEmoji, linkify, markdown, oneLine, safeHref } from '../src/chat/text';
import { initials } from '../src/ui/names';

test('addresses in a text become links, without the full stop behind them', () => {
  assert.deepEqual(linkify('看 https://example.com/a?b=1。好'), [
    { t: 'text', text: '看 ' },
    { t: 'link', text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
    { t: 'text', text: '。好' },
  ]);
  assert.deepEqual(linkify('(http://a.b/c).')[1], {
    t: 'link',
    text: 'http://a.b/c',
    href: 'http://a.b/c',
  });
  assert.equal(linkify('http://a.b/x_(y)').length, 1);
});

test('only http and https are followed', () => {
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'java\nscript:x', '//a.b', 'x'])
    assert.equal(safeHref(bad), '', bad);
  assert.equal(safeHref('https://a.b'), 'https://a.b/');
  assert.deepEqual(inline('[x](javascript:alert)'), [{ t: 'text', text: 'x' }]);
});

test('markup that is not ours stays text', () => {
  const evil = '<img src=x onerror=alert(1)><script>x</script>';
  assert.deepEqual(markdown(evil), [{ t: 'line', pieces: [{ t: 'text', text: evil }] }]);
  assert.deepEqual(linkify('**no**'), [{ t: 'text', text: '**no**' }]);
});

test('the markdown subset', () => {
  assert.deepEqual(markdown('# 标题\n> 引用 **重**\n<font color="warning">3 `x`</font>'), [
    { t: 'heading', level: 1, pieces: [{ t: 'text', text: '标题' }] },
    {
      t: 'quote',
      pieces: [
        { t: 'text', text: '引用 ' },
        { t: 'bold', pieces: [{ t: 'text', text: '重' }] },
      ],
    },
    {
      t: 'line',
      pieces: [
        {
          t: 'colour',
          colour: 'warning',
          pieces: [
            { t: 'text', text: '3 ' },
            { t: 'code', text: 'x' },
          ],
        },
      ],
    },
  ]);
});

test('deeply nested markup ends', () => {
  const deep = '<font color="info">'.repeat(2000) + 'x' + '</font>'.repeat(2000);
  assert.ok(markdown(deep).length === 1);
});

test("a card's description in divs and lines", () => {
  const lines = cardLines(
    '<div class="gray">2016年9月26日</div> <div class="normal">恭喜&amp;好<br>二</div><div class="highlight">领取</div>',
  );
  assert.deepEqual(
    lines.map((l) => [l.t === 'line' && l.colour, l.pieces[0]]),
    [
      ['gray', { t: 'text', text: '2016年9月26日' }],
      ['normal', { t: 'text', text: '恭喜&好' }],
      ['normal', { t: 'text', text: '二' }],
      ['highlight', { t: 'text', text: '领取' }],
    ],
  );
});

test('up to three emoji alone are large', () => {
  assert.ok(isBigEmoji('😀'));
  assert.ok(isBigEmoji('👨‍👩‍👧 👍🏽'));
  assert.ok(!isBigEmoji('😀😀😀😀'));
  assert.ok(!isBigEmoji('好😀'));
  assert.ok(!isBigEmoji('123'));
});

test('initials of Chinese and other names', () => {
  assert.deepEqual(['韩梅梅', '李雷', 'Ada Lovelace', 'bob', '😀x', ' '].map(initials), [
    '梅梅',
    '李雷',
    'AL',
    'B',
    '😀',
    '?',
  ]);
});

test('a preview has no markup', () => {
  assert.equal(
    oneLine('# 待办\n> 来自 **助手**\n<font color="warning">3 个</font> `A` [看](https://a.b)'),
    '待办 来自 助手 3 个 A 看',
  );
});

/* kit/chat/RichText.ts - renders pieces and blocks of text.ts; never as HTML. */
import { defineComponent, h, type PropType, type VNode } from 'vue';
import type { Block, Piece } from './text';

function piece(p: Piece): VNode | string {
  switch (p.t) {
    case 'text':
      return p.text;
    case 'link':
      return h(
        'a',
        { href: p.href, target: '_blank', rel: 'noopener noreferrer nofollow', class: 'rich-link' },
        p.text,
      );
    case 'bold':
      return h('strong', p.pieces.map(piece));
    case 'code':
      return h('code', { class: 'rich-code' }, p.text);
    case 'colour':
      return h('span', { class: 'rich-' + p.colour }, p.pieces.map(piece));
  }
}

function block(b: Block): VNode {
  const inner = b.pieces.map(piece);
  if (b.t === 'heading')
    return h('p', { class: ['rich-heading', 'rich-h' + Math.min(b.level, 3)] }, inner);
  if (b.t === 'quote') return h('p', { class: 'rich-quote' }, inner);
  return h('p', { class: b.colour ? 'rich-' + b.colour : undefined }, inner.length ? inner : '\u00a0');
}

export const Pieces = defineComponent({
  props: { pieces: { type: Array as PropType<Piece[]>, required: true } },
  setup: (props) => () => props.pieces.map(piece),
});

export const Blocks = defineComponent({
  props: { blocks: { type: Array as PropType<Block[]>, required: true } },
  setup: (props) => () => h('div', { class: 'rich' }, props.blocks.map(block)),
});

/* kit/chat/emoji.ts - the emoji one reaches for, by kind. */
const groups: Record<string, string> = {
  faces:
    '😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😋😛😜🤪🤗🤭🤫🤔🤐😐😑😶😏🙄😬😌😔😪😴😷🤒🤢🤧🥵🥶😵🤠🥳😎🤓🧐😕😟🙁😮😯😲😳🥺😨😰😥😢😭😱😖😞😓😩😤😡😠🤬😈💀💩🤡👻👽🤖',
  hands:
    '👍👎👌🤝🙏👏🙌👋🤚✋🖖🤏🤞🤟🤘🤙👈👉👆👇☝️✊👊💪🤳💅👀🙋🙇🤦🤷🏃🚶💃🕺👨‍👩‍👧👶👦👧👨👩👴👵',
  hearts: '❤️🧡💛💚💙💜🖤🤍🤎💔❣️💕💞💓💗💖💘💝💯💢💥💫💦💨🔥✨🌟⭐🎉🎊🎁🎈🎂🏆🥇🌹🌸🌺🌻🌷💐🍀',
  things:
    '☀️🌙☁️🌈☔❄️🍎🍊🍉🍓🍑🍇🥤☕🍵🍺🍻🍜🍚🍕🍔🍗🥟🍰🍬🚗🚌🚄✈️🚀🏠🏢🏥📱💻📷📞📦🛒💰💳📈📅📌📎✏️🔑🔔⏰✅❌❓❗⚠️🆗🆕',
};

function split(text: string): string[] {
  const found: string[] = [];
  for (const c of text) {
    const last = found[found.length - 1];
    if (last !== undefined && (c === '\ufe0f' || c === '\u200d' || last.endsWith('\u200d')))
      found[found.length - 1] = last + c;
    else found.push(c);
  }
  return found;
}

export interface EmojiGroup {
  name: string;
  emoji: string[];
}

export const emojiGroups: EmojiGroup[] = Object.entries(groups).map(([name, text]) => ({
  name,
  emoji: split(text),
}));

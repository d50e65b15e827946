/* kit/ui/attachments.ts - what goes with a text, as the open API has it. */
export interface Attachment {
  msgtype: string;
  image?: { media_id?: string; pic_url?: string };
  video?: { media_id?: string };
  file?: { media_id?: string };
  link?: { title?: string; url?: string; picurl?: string; desc?: string };
  miniprogram?: { title?: string; pic_media_id?: string; appid?: string; page?: string };
  /* The page's own: the file's name, while it is known. */
  name?: string;
}

export function attachedName(a: Attachment): string {
  return a.name ?? a.link?.title ?? a.miniprogram?.title ?? '';
}

/* As the server wants them: without what is the page's own. */
export function plainAttachments(list: readonly Attachment[]): Attachment[] {
  return list.map(({ name: _name, ...rest }) => rest);
}

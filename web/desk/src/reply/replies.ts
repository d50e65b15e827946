/* desk/reply/replies.ts - the quick replies one may use, read once and after each change. */
import { ref, type Ref } from 'vue';
import { api } from '@liaison/kit';
import type { QuickReply } from '@liaison/kit/chat';

export const replies: Ref<QuickReply[]> = ref([]);

export async function loadReplies(): Promise<void> {
  const got = await api('GET /v1/replies');
  replies.value = got.replies.map((one) => ({ ...one, attachments: one.attachments as unknown[] }));
}

/* kit/ui/toast.ts - short words at the top of the page; <Toasts> shows them. */
import { ref, type Ref } from 'vue';

export interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'ok' | 'bad';
  go?: () => void;
}

const STAY_MS = 4500;
const MOST = 3;
let next = 1;

export const toasts: Ref<Toast[]> = ref([]);

export function closeToast(id: number): void {
  toasts.value = toasts.value.filter((t) => t.id !== id);
}

export function toast(text: string, tone: Toast['tone'] = 'info', go?: () => void): void {
  const id = next++;
  toasts.value = [...toasts.value.slice(1 - MOST), { id, text, tone, go }];
  setTimeout(() => closeToast(id), STAY_MS);
}

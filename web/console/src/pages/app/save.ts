/* What the cards of an app have in common: save, and say that it is saved. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { say, api, type AdminApp, type AdminAppUpdateIn } from '@liaison/kit';
import { toast } from '@liaison/kit/ui/toast';

export interface Saving {
  busy: Ref<boolean>;
  error: ShallowRef<unknown>;
  run: (act: () => Promise<void>) => Promise<boolean>;
}

export function useSaving(): Saving {
  const busy = ref(false);
  const error = shallowRef<unknown>(null);
  async function run(act: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    error.value = null;
    try {
      await act();
      return true;
    } catch (e) {
      error.value = e;
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, error, run };
}

export async function updateApp(change: AdminAppUpdateIn): Promise<AdminApp> {
  const out = await api('POST /v1/admin/app/update', change);
  toast(say('common.saved'), 'ok');
  return out.app;
}

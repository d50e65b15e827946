/* Loading for pages: one answer (useLoad), or a list paged by cursor (usePages). */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';

export interface Load<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  loading: Ref<boolean>;
  reload: () => Promise<void>;
}

export function useLoad<T>(get: () => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let ticket = 0; /* an answer that was overtaken is dropped */
  async function reload(): Promise<void> {
    const mine = ++ticket;
    loading.value = true;
    try {
      const answer = await get();
      if (mine !== ticket) return;
      data.value = answer;
      error.value = null;
    } catch (e) {
      if (mine === ticket) error.value = e;
    } finally {
      if (mine === ticket) loading.value = false;
    }
  }
  return { data, error, loading, reload };
}

export interface Page<T> {
  rows: T[];
  next?: string | undefined;
  total?: number | undefined;
}

export interface Pages<T> {
  rows: ComputedRef<T[] | null>;
  total: ComputedRef<number | undefined>;
  error: ShallowRef<unknown>;
  loading: Ref<boolean>;
  page: ComputedRef<number>;
  hasNext: ComputedRef<boolean>;
  first: () => Promise<void>;
  next: () => Promise<void>;
  prev: () => Promise<void>;
  reload: () => Promise<void>;
}

/* Cursors lead only forward: the way back is the stack of those that led here. */
export function usePages<T>(get: (cursor: string | undefined) => Promise<Page<T>>): Pages<T> {
  const path = shallowRef<(string | undefined)[]>([undefined]);
  const load = useLoad<Page<T>>(() => get(path.value[path.value.length - 1]));
  function go(to: (string | undefined)[]): Promise<void> {
    path.value = to;
    return load.reload();
  }
  return {
    rows: computed(() => load.data.value?.rows ?? null),
    total: computed(() => load.data.value?.total),
    error: load.error,
    loading: load.loading,
    page: computed(() => path.value.length),
    hasNext: computed(() => Boolean(load.data.value?.next)),
    first: () => go([undefined]),
    next: () => go([...path.value, load.data.value?.next]),
    prev: () => go(path.value.length > 1 ? path.value.slice(0, -1) : [undefined]),
    reload: load.reload,
  };
}

/* desk/frame/keys.ts - what the frame hands to every page below it. */
import { inject, type ComputedRef, type InjectionKey } from 'vue';
import type { Live, Me } from '@liaison/kit';

export const LIVE: InjectionKey<Live> = Symbol('live');
export const ME: InjectionKey<ComputedRef<Me>> = Symbol('me');
export const OPEN_SEARCH: InjectionKey<() => void> = Symbol('search');

function need<T>(key: InjectionKey<T>): T {
  const value = inject(key);
  if (value === undefined) throw new Error('outside of the frame');
  return value;
}

export const useLive = (): Live => need(LIVE);
export const useMe = (): ComputedRef<Me> => need(ME);
export const useSearch = (): (() => void) => need(OPEN_SEARCH);

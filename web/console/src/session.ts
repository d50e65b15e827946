/* Who is signed in, and what the page may therefore show. */
import { ref, shallowRef } from 'vue';
import { ApiError, ERR, api, onSignedOut, type Me } from '@liaison/kit';

export type SessionState = 'starting' | 'unreachable' | 'out' | 'denied' | 'in';

export const me = shallowRef<Me | null>(null);
export const state = ref<SessionState>('starting');
/* Why the last session ended by itself; 0 when it did not. */
export const endedBy = ref(0);
export const startError = shallowRef<unknown>(null);

function enter(who: Me): void {
  me.value = who;
  state.value = who.kind === 'member' && who.admin ? 'in' : 'denied';
}

export async function startSession(): Promise<void> {
  state.value = 'starting';
  try {
    enter((await api('GET /v1/me')).me);
  } catch (e) {
    if (e instanceof ApiError && e.status === 401) return void (state.value = 'out');
    startError.value = e;
    state.value = 'unreachable';
  }
}

export async function signIn(account: string, password: string, corp?: string): Promise<void> {
  const out = await api('POST /v1/sign_in', corp ? { corp, account, password } : { account, password });
  endedBy.value = 0;
  enter(out.me);
}

export async function signOut(): Promise<void> {
  try {
    await api('POST /v1/sign_out');
  } catch (e) {
    if (!(e instanceof ApiError) || e.status !== 401) throw e;
  }
  endedBy.value = 0;
  me.value = null;
  state.value = 'out';
}

/* A refused sign-in of a disabled account is an answer to the form, not an end. */
onSignedOut((errcode) => {
  if (state.value !== 'in' && state.value !== 'denied') return;
  endedBy.value = errcode === ERR.DISABLED ? ERR.DISABLED : ERR.SIGNED_OUT;
  me.value = null;
  state.value = 'out';
});

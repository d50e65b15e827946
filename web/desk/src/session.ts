/*
 * desk/session.ts - who is signed in, and his live conversations.
 *
 * One person at a time.  When the server ends the session (disabled, revoked,
 * expired) the sign-in page says why.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { api, ApiError, ERR, errorWords, Live, say, type Me } from '@liaison/kit';
import { toast } from '@liaison/kit/ui';
import { customerName, sourceWords } from './customer/follow';
import { router } from './router';

export const me: Ref<Me | null> = ref(null);
export const live: ShallowRef<Live | null> = shallowRef(null);
export const starting: Ref<boolean> = ref(true);
export const failure: Ref<unknown> = ref(null);
/* Why the last session ended: '' or disabled, revoked, expired. */
export const ended: Ref<string> = ref('');
/* Customers who came since the list was last looked at. */
export const arrivals: Ref<number> = ref(0);
/* Moments that the company asks to publish; and a count of what happened to any. */
export const momentTasks: Ref<number> = ref(0);
export const momentNews: Ref<number> = ref(0);

function begin(who: Me): void {
  me.value = who;
  ended.value = '';
  const conversations = new Live(who);
  conversations.onEnded = (reason) => finish(reason);
  conversations.onCustomer = (id, change) => {
    if (change === 'added') void announce(id);
  };
  conversations.onMoment = (change) => {
    momentNews.value++;
    if (change === 'task') void countTasks();
  };
  conversations.onDirectory = () => void refresh();
  live.value = conversations;
  conversations.start();
  void countTasks();
}

export async function countTasks(): Promise<void> {
  try {
    momentTasks.value = (await api('GET /v1/moment/mine', { status: 'waits' })).moments.length;
  } catch {
    /* the page itself says what is wrong */
  }
}

function finish(reason: string): void {
  live.value?.stop();
  live.value = null;
  me.value = null;
  arrivals.value = 0;
  momentTasks.value = 0;
  ended.value = reason;
}

/* His own name, position or rights may be among what changed. */
async function refresh(): Promise<void> {
  try {
    const now = (await api('GET /v1/me')).me;
    if (me.value?.id === now.id) me.value = now;
  } catch {
    /* the next news asks again */
  }
}

async function announce(external_userid: string): Promise<void> {
  if (router.currentRoute.value.name !== 'customers') arrivals.value++;
  try {
    const { customer } = await api('GET /v1/customer', { external_userid });
    const words = { name: customerName(customer), source: sourceWords(customer) };
    const open = () => {
      arrivals.value = Math.max(0, arrivals.value - 1);
      void router.push({ name: 'messages', params: { chat: customer.chat } });
    };
    toast(say('customer.new', words), 'ok', open);
  } catch {
    toast(say('customer.new_unnamed'), 'ok', () => void router.push({ name: 'customers' }));
  }
}

export async function resume(): Promise<void> {
  starting.value = true;
  failure.value = null;
  try {
    begin((await api('GET /v1/me')).me);
  } catch (e) {
    const code = e instanceof ApiError ? e.errcode : 0;
    if (code === ERR.DISABLED) ended.value = 'disabled';
    else if (code !== ERR.SIGNED_OUT && (e as ApiError).status !== 401) failure.value = e;
  } finally {
    starting.value = false;
  }
}

export async function signIn(account: string, password: string): Promise<void> {
  begin((await api('POST /v1/sign_in', { account, password })).me);
}

export async function signOut(): Promise<void> {
  try {
    await api('POST /v1/sign_out');
  } catch (e) {
    if (!(e instanceof ApiError) || e.status !== 401) {
      toast(errorWords(e), 'bad');
      return;
    }
  }
  finish('');
  void router.replace({ name: 'messages' });
}

/* desk/mass/asked.ts - how many mass messages wait for the member's word. */
import { ref } from 'vue';
import { api } from '@liaison/kit';

export const asked = ref(0);

export async function recount(): Promise<void> {
  try {
    const { tasks } = await api('GET /v1/mass/tasks', { limit: 100 });
    asked.value = tasks.filter((task) => task.state === 'asked').length;
  } catch {
    /* the next event asks again */
  }
}

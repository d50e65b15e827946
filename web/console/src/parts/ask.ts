/*
 * "Are you sure?"  ask() shows the question in AskHost and runs `act` while the
 * dialog waits; a failure is shown there and the dialog stays.
 */
import { shallowRef } from 'vue';

export interface Question {
  title: string;
  lines: string[];
  yes: string;
  danger?: boolean;
  /* A page that tells more. */
  more?: { to: string; words: string };
  act: () => Promise<void>;
}

export const question = shallowRef<Question | null>(null);

export function ask(q: Question): void {
  question.value = q;
}

/** The questions of a meeting type as they are edited. Each gives a new list; an id never changes once it was given. */
import type { components } from '../../../shared/api/schema';

export type Question = components['schemas']['Question'];
export type QuestionType = Question['type'];

export const questionTypes: QuestionType[] = ['text', 'textarea', 'select', 'radio', 'multiselect', 'checkbox', 'phone', 'email', 'number', 'url'];
export const questionsMax = 50;
export const optionsMax = 100;

/** `may`: a checkbox without options is one yes or no. */
export function optionsOf(type: QuestionType): 'needed' | 'may' | 'none' {
  if (type === 'checkbox') return 'may';
  return type === 'select' || type === 'radio' || type === 'multiselect' ? 'needed' : 'none';
}

/** "question_3": the first number that no other question of the type has, `taken` before included. */
export function freshId(questions: readonly Question[], taken: readonly string[] = []): string {
  let number = questions.length + 1;
  const has = (id: string) => taken.includes(id) || questions.some((question) => question.id === id);
  while (has(`question_${number}`)) ++number;
  return `question_${number}`;
}

export function added(questions: readonly Question[], taken?: readonly string[]): Question[] {
  return [...questions, { id: freshId(questions, taken), label: '', type: 'text', required: false, options: [] }];
}

/** Choices stay while one changes between kinds of choices, and go where the kind has none. */
export function retyped(question: Question, type: QuestionType): Question {
  const kind = optionsOf(type);
  if (kind === 'none') return { ...question, type, options: [] };
  return { ...question, type, options: kind === 'needed' && question.options.length === 0 ? [''] : [...question.options] };
}

/** What was pasted with line breaks becomes one option a line. */
export function withOption(options: readonly string[], index: number, text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line, at, all) => line !== '' || all.length === 1);
  return [...options.slice(0, index), ...(lines.length ? lines : ['']), ...options.slice(index + 1)].slice(0, optionsMax);
}

/** The mail as it would be sent, a moment after somebody stopped typing. The last good one stays while words are wrong. */
import { Problem } from '../../../shared/api/problem';
import type { Preview, Words } from './store';

const pauseMs = 400;

export class MailPreview {
  mail: Preview | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest = 0;

  constructor(private readonly ask: (words: Partial<Words>) => Promise<Preview>) {}

  later(words: Words): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.show(words), pauseMs);
  }

  async show(words: Words): Promise<void> {
    clearTimeout(this.#timer);
    const mine = ++this.#latest;
    try {
      const mail = await this.ask(asked(words));
      if (mine !== this.#latest) return;
      this.mail = mail;
      this.problem = null;
    } catch (error) {
      if (mine === this.#latest) this.problem = error instanceof Problem ? error : Problem.offline();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    ++this.#latest;
  }
}

/** Without words of their own, mails have the ready-made ones. */
export function asked({ subject, body }: Words): Partial<Words> {
  return subject.trim() === '' && body.trim() === '' ? {} : { subject, body };
}

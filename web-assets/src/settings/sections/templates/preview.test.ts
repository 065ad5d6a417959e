import { describe, expect, it } from 'vitest';
import { Problem } from '../../../shared/api/problem';
import { asked, MailPreview } from './preview.svelte';
import type { Preview } from './store';

const mail = (subject: string): Preview => ({ subject, text: '', html: '' });

describe('MailPreview', () => {
  it('asks for the ready-made words when there are none', () => {
    expect(asked({ subject: ' ', body: '\n' })).toEqual({});
    expect(asked({ subject: 'Hi', body: '' })).toEqual({ subject: 'Hi', body: '' });
  });
  it('shows the last that was asked for', async () => {
    const waiting: ((mail: Preview) => void)[] = [];
    const preview = new MailPreview(() => new Promise((resolve) => waiting.push(resolve)));
    const [first, second] = [preview.show({ subject: 'a', body: 'a' }), preview.show({ subject: 'b', body: 'b' })];
    waiting[1]!(mail('b'));
    waiting[0]!(mail('a'));
    await Promise.all([first, second]);
    expect(preview.mail?.subject).toBe('b');
  });
  it('keeps the last good one while the words are wrong', async () => {
    const preview = new MailPreview(async ({ subject }) => {
      if (subject === '') throw new Problem(422, 'invalid', 'No.', [{ field: 'subject', message: 'is missing' }]);
      return mail('good');
    });
    await preview.show({ subject: 'x', body: 'x' });
    await preview.show({ subject: '', body: 'x' });
    expect(preview.mail?.subject).toBe('good');
    expect(preview.problem?.of('subject')).toBe('is missing');
  });
});

import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import { Draft } from './draft.svelte';

describe('Draft', () => {
  it('knows what changed, and gives it back', () => {
    const draft = new Draft({ name: 'Ada', days: [1, 2] }, async (edited) => edited);
    expect(draft.isChanged).toBe(false);
    draft.now.days.push(3);
    expect(draft.isChanged).toBe(true);
    draft.reset();
    expect(draft.now.days).toEqual([1, 2]);
    expect(draft.isChanged).toBe(false);
  });

  it('takes what the server kept as the saved state', async () => {
    const draft = new Draft({ name: 'Ada ' }, async ({ name }) => ({ name: name.trim() }));
    draft.now.name = ' Grace ';
    expect(await draft.save()).toBe(true);
    expect(draft.now.name).toBe('Grace');
    expect(draft.isChanged).toBe(false);
  });

  it('keeps what was typed when the server refuses, and says what is wrong with which field', async () => {
    const draft = new Draft({ name: 'Ada' }, async () => {
      throw new Problem(422, 'invalid', 'No.', [{ field: 'name', message: 'is too short' }]);
    });
    draft.now.name = 'A';
    expect(await draft.save()).toBe(false);
    expect(draft.now.name).toBe('A');
    expect(draft.isChanged).toBe(true);
    expect(draft.error('name')).toBe('is too short');
    expect(draft.isSaving).toBe(false);
  });

  it('forgets what was said of a field as soon as it holds something else', async () => {
    const draft = new Draft({ name: 'Ada', branding: { color: '#1' }, days: [{ end: '09:00' }] }, async () => {
      throw new Problem(422, 'invalid', 'No.', ['name', 'branding.color', 'days[0].end', 'elsewhere'].map((field) => ({ field, message: 'is wrong' })));
    });
    await draft.save();
    draft.now.branding.color = '#2';
    draft.now.days[0] = { end: '10:00' };
    expect(['name', 'branding.color', 'days[0].end', 'elsewhere'].map((field) => draft.error(field))).toEqual(['is wrong', undefined, undefined, 'is wrong']);
    draft.now.branding.color = '#1';
    expect(draft.error('branding.color')).toBe('is wrong');
  });
});

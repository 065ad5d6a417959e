import { describe, expect, it } from 'vitest';
import { daysOf, trialOf } from './effect.svelte';
import { blankType } from './type_form';

const saved = { ...blankType(1), id: 7, settings: { daily_limit: 3, max_days_in_advance: 10 } };

describe('trialOf', () => {
  it('is nothing while no start depends on what changed', () => {
    expect(trialOf(saved, { ...saved, name: 'Other', settings: { ...saved.settings, confirmation: { message: 'Hi' } } })).toBeNull();
  });
  it('tries rules and duration', () => {
    expect(trialOf(saved, { ...saved, duration_minutes: 45, settings: { max_days_in_advance: null, buffer_after_minutes: 15 } })).toEqual({
      duration_minutes: 45,
      settings: { max_days_in_advance: null, buffer_after_minutes: 15, daily_limit: null },
    });
  });
  it('does not mistake an inherited horizon for none', () => {
    expect(trialOf(saved, { ...saved, settings: { daily_limit: 3 } })).toBeNull();
  });
});

describe('daysOf', () => {
  it('puts what comes and what goes under its day', () => {
    const slot = (local: string) => ({ start: '', end: '', local });
    expect(daysOf({ gained: [slot('2026-02-04T09:00')], lost: [slot('2026-02-03T10:00'), slot('2026-02-04T11:30')] })).toEqual([
      { date: '2026-02-03', gained: [], lost: ['10:00'] },
      { date: '2026-02-04', gained: ['09:00'], lost: ['11:30'] },
    ]);
  });
});

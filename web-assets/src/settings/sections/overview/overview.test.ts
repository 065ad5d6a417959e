import { describe, expect, it } from 'vitest';
import { isReady, linkOf, stepsOf, type Overview } from './overview.svelte';

const rule = { day_of_week: 1, start_time: '09:00', end_time: '17:00', is_available: true };
const page = (id: number, is_active: boolean, types: boolean[]) => ({ page: { id, is_active }, types: types.map((active) => ({ is_active: active })) });
const known = (rules: object[], ...pages: object[]) => ({ availability: { rules }, pages }) as unknown as Overview;
const done = (overview: Overview) => stepsOf(overview).map((step) => step.done);

describe('the checklist', () => {
  it('leads from nothing to a link', () => {
    expect(done(known([]))).toEqual([false, false, false]);
    expect(done(known([rule]))).toEqual([true, false, false]);
    expect(done(known([rule], page(1, true, [])))).toEqual([true, true, false]);
    expect(done(known([rule], page(1, true, [true])))).toEqual([true, true, true]);
    expect(isReady(known([rule], page(1, true, [true])))).toBe(true);
    expect(isReady(known([], page(1, true, [true])))).toBe(false);
  });
  it('counts only what can be booked', () => {
    expect(done(known([{ ...rule, is_available: false }]))[0]).toBe(false);
    expect(done(known([rule], page(1, false, [true])))).toEqual([true, false, false]);
    expect(done(known([rule], page(1, true, [false])))).toEqual([true, true, false]);
    expect(linkOf(known([rule], page(1, true, []), page(2, true, [true])))?.page.id).toBe(2);
  });
  it('says where each step is done', () => {
    expect(stepsOf(known([])).map((step) => step.path)).toEqual(['hours', 'pages/new', 'pages/new']);
    expect(stepsOf(known([], page(7, false, [])))[1]).toMatchObject({ path: 'pages/7', go: 'overview.step.page.resume' });
    expect(stepsOf(known([], page(7, true, [])))[2]?.path).toBe('types/new?page=7');
  });
});

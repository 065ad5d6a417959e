import { describe, expect, it } from 'vitest';
import { blankType, changeOf, newTypeOf, orderAfter, type MeetingType } from './type_form';

const type = (more: Partial<MeetingType> = {}): MeetingType => ({ ...blankType(3), id: 7, name: 'Demo', slug: 'demo', ...more });

describe('changeOf', () => {
  it('is empty when nothing changed', () => {
    const saved = type({ settings: { daily_limit: 3, confirmation: { message: 'Hi' } } });
    expect(changeOf(saved, structuredClone(saved))).toEqual({});
  });
  it('names only what changed, and sends questions as a whole', () => {
    const saved = type();
    const question = { id: 'q1', label: 'Why?', type: 'text' as const, required: false, options: [] };
    expect(changeOf(saved, { ...saved, name: 'Tour', questions: [question] })).toEqual({ name: 'Tour', questions: [question] });
  });
  it('sends null for texts that were emptied', () => {
    const saved = type({ description: 'Hi', color: '#112233', location_details: 'there' });
    expect(changeOf(saved, { ...saved, description: ' ', color: '', location_details: '' })).toEqual({ description: null, color: null, location_details: null });
    expect(changeOf(type(), { ...type(), description: '' })).toEqual({});
  });
  it('tells own, no limit and inherited apart', () => {
    const saved = type({ settings: { max_days_in_advance: 10, daily_limit: 3, buffer_after_minutes: 5 } });
    expect(changeOf(saved, { ...saved, settings: { max_days_in_advance: null, daily_limit: 3, buffer_after_minutes: 5 } })).toEqual({ settings: { max_days_in_advance: null } });
    expect(changeOf(saved, { ...saved, settings: { daily_limit: 3, buffer_after_minutes: 10 } })).toEqual({
      settings: { buffer_after_minutes: 10 },
      inherited_settings: ['max_days_in_advance'],
    });
  });
  it('keeps an empty list of reminders apart from none of its own', () => {
    const saved = type({ settings: { reminder_offsets_minutes: [60] } });
    expect(changeOf(saved, { ...saved, settings: { reminder_offsets_minutes: [] } })).toEqual({ settings: { reminder_offsets_minutes: [] } });
    expect(changeOf(saved, { ...saved, settings: {} })).toEqual({ inherited_settings: ['reminder_offsets_minutes'] });
  });
  it('inherits a confirmation of which nothing is left', () => {
    const saved = type({ settings: { confirmation: { message: 'Hi', redirect_url: 'https://a.example' } } });
    expect(changeOf(saved, { ...saved, settings: { confirmation: { message: '', redirect_url: 'https://a.example' } } })).toEqual({ settings: { confirmation: { redirect_url: 'https://a.example' } } });
    expect(changeOf(saved, { ...saved, settings: { confirmation: { message: '', redirect_url: null } } })).toEqual({ inherited_settings: ['confirmation'] });
  });
});

describe('newTypeOf', () => {
  it('leaves an empty slug to the server and stands last', () => {
    const body = newTypeOf({ ...blankType(3), name: 'Tour' }, orderAfter([type({ display_order: 30 }), type({ display_order: 5 })]));
    expect(body).toMatchObject({ scheduling_page_id: 3, name: 'Tour', display_order: 40 });
    expect('slug' in body).toBe(false);
    expect('id' in body).toBe(false);
    expect(orderAfter([])).toBe(10);
  });
});

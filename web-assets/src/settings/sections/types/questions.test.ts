import { describe, expect, it } from 'vitest';
import { added, freshId, optionsOf, retyped, withOption, type Question } from './questions';

const question = (id: string, more: Partial<Question> = {}): Question => ({ id, label: id, type: 'text', required: false, options: [], ...more });

describe('questions', () => {
  it('get ids that no other has or had', () => {
    expect(freshId([])).toBe('question_1');
    expect(freshId([question('question_2')])).toBe('question_3');
    expect(freshId([question('a')], ['question_2', 'question_3'])).toBe('question_4');
    expect(added([question('a')]).map(({ id }) => id)).toEqual(['a', 'question_2']);
  });
  it('keep their choices between kinds of choices', () => {
    const asked = question('a', { type: 'select', options: ['x', 'y'] });
    expect(retyped(asked, 'radio')).toEqual({ ...asked, type: 'radio' });
    expect(retyped(asked, 'number').options).toEqual([]);
    expect(retyped(question('a'), 'multiselect').options).toEqual(['']);
    expect(retyped(question('a'), 'checkbox').options).toEqual([]);
    expect(optionsOf('phone')).toBe('none');
  });
  it('take a pasted list for one option a line', () => {
    expect(withOption(['a', '', 'c'], 1, 'x\ny\r\n\n z ')).toEqual(['a', 'x', 'y', 'z', 'c']);
    expect(withOption(['a'], 0, 'one')).toEqual(['one']);
    expect(withOption(['a'], 0, '')).toEqual(['']);
  });
});

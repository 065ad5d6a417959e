import { describe, expect, it } from 'vitest';
import { changeOf, formOf, originsOf } from './page_form';
import { snippet } from './snippets';

describe('a snippet', () => {
  const url = 'https://crm.example/schedule/ada?a=1&b=2';
  it('names the script of the same site and holds no inline style', () => {
    expect(snippet('inline', url, 'Book')).toBe('<div data-scheduler="https://crm.example/schedule/ada?a=1&amp;b=2"></div>\n<script src="https://crm.example/schedule/assets/embed.js" async></script>');
    expect(snippet('popup', url, 'Book <now>')).toContain('<a data-scheduler-popup href="https://crm.example/schedule/ada?a=1&amp;b=2">Book &lt;now></a>');
    expect(snippet('button', url, 'Book')).toContain('<button type="button" data-scheduler-popup="');
  });
});

describe('a page', () => {
  it('goes through its form unchanged, and what is emptied is removed', () => {
    const page = { name: 'Ada', slug: 'ada', description: null, timezone: 'Europe/Berlin', is_active: true, branding: { color: '#1f6feb' }, privacy: { text: 'Kept a year.', url: null }, embed_origins: ['https://www.example.com', 'https://other.example:8443'], assignment: 'round_robin' as const, members: [{ user_id: 2, weight: 1, priority: 0, is_active: true }], show_hosts: false };
    const form = formOf(page);
    expect(changeOf(form)).toEqual({ ...page, branding: { color: '#1f6feb', logo_url: null, company_name: null, website_url: null } });
    form.branding.color = ' ';
    form.privacy.text = '';
    expect(changeOf(form)).toMatchObject({ branding: { color: null }, privacy: { text: null, url: null } });
  });
  it('is shown by the websites that are meant', () => {
    expect(originsOf(' https://www.example.com/contact?a=1\n\nexample.com, EXAMPLE.com\nhttp://localhost:3000/')).toEqual(['https://www.example.com', 'https://example.com', 'http://localhost:3000']);
    expect(originsOf('')).toEqual([]);
    expect(originsOf('https:// file:///etc')).toEqual(['https://', 'file:///etc']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { placeOf, router } from './router.svelte';

describe('placeOf', () => {
  it('reads section, id and query', () => {
    const place = placeOf(new URL('https://crm.test/settings/scheduling/types/12?tab=questions'));
    expect(place).toMatchObject({ section: 'types', id: '12' });
    expect(place?.query.get('tab')).toBe('questions');
    expect(placeOf(new URL('https://crm.test/settings/scheduling'))).toMatchObject({ section: '', id: null });
  });

  it('knows what is not its own', () => {
    expect(placeOf(new URL('https://crm.test/settings/schedulingx'))).toBeNull();
    expect(placeOf(new URL('https://crm.test/contacts'))).toBeNull();
  });
});

describe('router', () => {
  beforeEach(() => history.replaceState(null, '', '/settings/scheduling'));

  it('asks before it leaves, and stays when told so', async () => {
    const release = router.guard(() => false);
    await router.go('/settings/scheduling/hours');
    expect(location.pathname).toBe('/settings/scheduling');
    release();
    await router.go('/settings/scheduling/hours');
    expect(location.pathname).toBe('/settings/scheduling/hours');
    expect(router.place.section).toBe('hours');
  });

  it('asks once for several forms, and goes on asking for one when the other is done', async () => {
    let asked = 0;
    const bar = router.guard(() => ((asked += 1), false));
    const form = router.guard(() => ((asked += 1), false));
    await router.go('/settings/scheduling/hours');
    expect([asked, location.pathname]).toEqual([1, '/settings/scheduling']);
    form();
    await router.go('/settings/scheduling/hours');
    expect([asked, location.pathname]).toEqual([2, '/settings/scheduling']);
    bar();
    await router.go('/settings/scheduling/hours');
    expect([asked, location.pathname]).toEqual([2, '/settings/scheduling/hours']);
  });

  it('asks nobody who only goes to a part of the page', async () => {
    const stop = router.start();
    await router.go('/settings/scheduling/pages/1');
    let asked = 0;
    const release = router.guard(() => ((asked += 1), false));
    history.pushState(null, '', '#websites');
    window.dispatchEvent(new PopStateEvent('popstate'));
    history.pushState(null, '', '/settings/scheduling/hours');
    window.dispatchEvent(new PopStateEvent('popstate'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toBe(1);
    expect(location.href.endsWith('/pages/1#websites')).toBe(true);
    release();
    stop();
  });
});

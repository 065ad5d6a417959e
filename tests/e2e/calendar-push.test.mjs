// EVIDENCE: B-9.2
// Google and Microsoft tell when a calendar changes. Their word is a hint: the connection is read soon. Lost, late,
// repeated and invented words change nothing, and whoever calls learns nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clock, connect, connections, EMAIL, runJob, starts, sync, withProvider } from './lib/calendars.mjs';

const plus = (start, n) => new Date(Date.parse(start) + n * 60_000).toISOString().replace('.000Z', 'Z');

for (const provider of ['google', 'outlook'])
  describe(provider, () => {
    let stage, double, open, rep;
    before(async () => {
      stage = await withProvider(provider);
      ({ double, open, rep } = stage);
      await connect(stage);
    });
    after(async () => stage?.stop());
    const channels = () => [...(provider === 'google' ? double.channels : double.subscriptions).values()];
    const address = () => channels()[0][provider === 'google' ? 'address' : 'notificationUrl'];
    const only = async () => (await connections(rep))[0];
    const isDue = async () => Date.parse((await only()).next_sync_at) <= Date.parse('2026-02-02T13:00:00Z');
    const settle = async () => sync(rep, (await only()).id);
    /** The double's own word, with what differs. */
    const tell = (more = {}) => {
      const [channel] = channels();
      return double.tell({ ...channel, ...more });
    };

    test('a connection opens a channel, whose secret nobody can guess, and says so', async () => {
      assert.equal(channels().length, 1);
      const [channel] = channels();
      assert.match(address(), new RegExp(`/api/v1/calendar/notify/${provider}$`));
      const secret = channel.token ?? channel.clientState;
      assert.ok(secret.length >= 40 && secret.length <= 128);
      if (provider === 'google') {
        assert.equal(channel.type, 'web_hook');
        assert.ok(channel.id.length <= 64);
        assert.deepEqual(double.told, [202], 'the first word says that the channel is open');
      } else {
        assert.equal(channel.changeType, 'created,updated,deleted');
        const minutes = (Date.parse(channel.expirationDateTime) - Date.parse('2026-02-02T13:00:00Z')) / 60_000;
        assert.equal(minutes, 4230);
        assert.equal(channel.lifecycleNotificationUrl, channel.notificationUrl);
      }
      assert.equal((await only()).push, 'active');
      assert.equal(await isDue(), false, 'to open a channel is no news');
    });

    test('a change that is told is read soon, not when the interval is over', async () => {
      const [first] = await starts(open);
      double.busy(EMAIL, 'told', first, plus(first, 30));
      assert.equal((await tell()).status, 202);
      assert.equal(await isDue(), true);
      await runJob(open, 'SyncCalendarEventsJob');
      assert.ok(!(await starts(open)).includes(first));
      assert.equal(await isDue(), false);
    });

    test('repeated and late words end in one reading', async () => {
      const count = double.count(double.paths.read);
      for (let n = 0; n < 5; n += 1) assert.equal((await tell()).status, 202);
      await runJob(open, 'SyncCalendarEventsJob');
      await runJob(open, 'SyncCalendarEventsJob');
      assert.equal(double.count(double.paths.read), count + 1);
    });

    test('an unknown channel, a wrong secret and another provider\'s are answered alike, and do nothing', async () => {
      const right = await tell();
      await runJob(open, 'SyncCalendarEventsJob');
      const [channel] = channels();
      const words = [{ id: 'unknown' }, { token: 'wrong', clientState: 'wrong' }, { token: `${channel.token}x`, clientState: `${channel.clientState}x` }, { token: '', clientState: '' }];
      for (const more of words) {
        const answer = await tell(more);
        assert.equal(answer.status, right.status);
        assert.equal(await answer.text(), await right.clone().text().catch(() => ''));
        assert.equal(await isDue(), false, JSON.stringify(more));
      }
      const other = address().replace(provider, provider === 'google' ? 'outlook' : 'google');
      assert.equal((await tell({ address: other, notificationUrl: other })).status, 202);
      assert.equal(await isDue(), false);
      const nobody = await open.post('/api/v1/calendar/notify/nobody', {}, { validate: false });
      assert.equal(nobody.status, 404);
    });

    test('what is no word of a provider is taken and does nothing', async () => {
      for (const body of ['', '{', '[]', '{"value":3}', '{"value":[{"subscriptionId":7}]}', `{"value":[${'{},'.repeat(2000)}{}]}`]) {
        const answer = await fetch(address(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        assert.equal(answer.status, 202, body.slice(0, 40));
      }
      assert.equal(await isDue(), false);
    });

    test('a provider that is away waits as it asked, whatever is told', async () => {
      double.fault(double.paths.read, { status: 429, reason: 'rateLimitExceeded', headers: { 'retry-after': '600' } });
      assert.equal((await settle()).last_error.code, 'rate_limited');
      await tell();
      assert.equal(await isDue(), false);
      await settle();
      assert.equal((await only()).last_error, null);
    });

    test('another channel is opened before one ends, and then the old one is stopped', async () => {
      const [before] = channels();
      await clock(open, provider === 'google' ? '2026-02-08T14:00:00Z' : '2026-02-04T14:00:00Z');
      double.expires = Date.parse('2026-02-15T13:00:00Z');
      await settle();
      const [now, ...more] = channels();
      assert.equal(more.length, 0);
      assert.notEqual(now.id, before.id);
      assert.equal((await only()).push, 'active');
      await clock(open, '2026-02-02T13:00:00Z');
      await settle();
    });

    if (provider === 'outlook') {
      test('Graph\'s question whether we are here is answered with its own words, decoded, as plain text', async () => {
        const answer = await fetch(`${address()}?validationToken=${encodeURIComponent('Validation: a+b & <c>')}`, { method: 'POST' });
        assert.equal(answer.status, 200);
        assert.match(answer.headers.get('content-type'), /^text\/plain/);
        assert.equal(await answer.text(), 'Validation: a+b & <c>');
        assert.equal((await fetch(`${address()}?validationToken=${'x'.repeat(3000)}`, { method: 'POST' })).status, 422);
      });
      for (const lifecycleEvent of ['subscriptionRemoved', 'reauthorizationRequired'])
        test(`${lifecycleEvent}: another subscription takes its place`, async () => {
          const [before] = channels();
          double.subscriptions.delete(before.id);
          assert.equal((await double.tell(before, { lifecycleEvent })).status, 202);
          assert.equal((await only()).push, 'none');
          assert.equal(await isDue(), true);
          await runJob(open, 'SyncCalendarEventsJob');
          assert.equal(channels().length, 1);
          assert.notEqual(channels()[0].id, before.id);
          assert.equal((await only()).push, 'active');
        });
      test('missed: everything is read, and the subscription stays', async () => {
        const [before] = channels();
        await double.tell(before, { lifecycleEvent: 'missed' });
        assert.equal(await isDue(), true);
        await runJob(open, 'SyncCalendarEventsJob');
        assert.equal(channels()[0].id, before.id);
      });
    }

    test('a provider that opens no channel is read all the same', async () => {
      if (provider === 'outlook') {
        const [ended] = channels();
        double.subscriptions.delete(ended.id);
        await double.tell(ended, { lifecycleEvent: 'subscriptionRemoved' });
        double.fault('/subscriptions', { status: 403, reason: 'ErrorAccessDenied' });
        const after = await settle();
        assert.equal(after.last_error, null);
        assert.equal((await only()).push, 'none');
        assert.equal((await only()).status, 'active');
      } else {
        double.channels.clear();
        await clock(open, '2026-02-16T14:00:00Z'); // the channel has ended
        double.fault('/watch', { status: 403, reason: 'forbidden' });
        assert.equal((await settle()).last_error, null);
        assert.equal((await only()).push, 'none');
        await clock(open, '2026-02-02T13:00:00Z');
      }
    });

    test('disconnecting stops the channel', async () => {
      assert.equal((await rep.delete(`/api/v1/calendar/connections/${(await only()).id}`)).status, 204);
      assert.deepEqual(channels(), []);
    });
  });

/** A meeting that is booked for a contact: type, host, time. What is chosen anew takes back what came after it. */
import { Problem } from '../../../shared/api/problem';
import { plusDays } from '../../../shared/time/dates';
import { Loaded } from '../../../shared/ui/loaded.svelte';
import { session } from '../../session.svelte';
import type { Meeting } from '../meetings/store';
import { bookFor, loadContact, loadDays, loadHosts, loadOffers, loadToday, type Contact, type Day, type HostChoice, type Offer, type Slot } from './store';

const daysMax = 14; // further ones are a click away

export class Booking {
  readonly start: Loaded<{ contact: Contact; offers: Offer[]; today: string }>;
  offer: Offer | null = $state.raw(null);
  host: HostChoice | null = $state.raw(null);
  day: string | null = $state(null);
  slot: Slot | null = $state.raw(null);
  booked: Meeting | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  isBusy = $state(false);
  hosts: Loaded<HostChoice[]> | null = $state.raw(null);
  days: Loaded<Day[]> | null = $state.raw(null);
  #from = '';

  constructor(contact: number) {
    this.start = new Loaded(async () => {
      const [known, offers, today] = await Promise.all([loadContact(contact), loadOffers(), loadToday()]);
      return { contact: known, offers, today };
    });
  }

  async begin(): Promise<void> {
    await this.start.load();
    const [only, ...more] = this.start.value?.offers ?? [];
    if (only && more.length === 0) await this.choose(only);
  }

  get contact(): Contact {
    return this.start.value!.contact;
  }
  get chosenDay(): Day | null {
    return this.days?.value?.find((one) => one.date === this.day) ?? null;
  }
  get isLate(): boolean {
    return this.#from !== this.start.value?.today;
  }

  async choose(offer: Offer): Promise<void> {
    this.offer = offer;
    this.host = this.days = null;
    this.#from = this.start.value!.today;
    const hosts = new Loaded(() => loadHosts(offer, this.contact));
    this.hosts = hosts;
    await hosts.load();
    if (this.hosts === hosts && hosts.value?.[0]) await this.meet(hosts.value[0]);
  }

  async meet(host: HostChoice): Promise<void> {
    this.host = host;
    await this.#show();
  }

  /** The next two weeks, or those before. */
  async turn(steps: number): Promise<void> {
    this.#from = plusDays(this.#from, steps * daysMax);
    await this.#show();
  }

  async #show(): Promise<void> {
    this.slot = this.problem = null;
    const [type, host, from] = [this.offer!.type.id, this.host!.id, this.#from];
    const days = new Loaded(() => loadDays(type, host, from, plusDays(from, daysMax - 1), session.user!.timezone));
    this.days = days;
    await days.load();
    if (this.days === days) this.day = days.value?.[0]?.date ?? null;
  }

  pick(slot: Slot): void {
    this.slot = slot;
    this.problem = null;
  }

  async book(): Promise<void> {
    this.isBusy = true;
    try {
      this.booked = await bookFor(this.contact.id, this.offer!.type.id, this.slot!.start, this.host!.id);
    } catch (error) {
      const problem = error instanceof Problem ? error : Problem.offline();
      // Somebody was faster: the times are looked at again.
      if (problem.code === 'slot_taken' || problem.code === 'outside_rules') await this.#show();
      this.problem = problem;
    }
    this.isBusy = false;
  }
}

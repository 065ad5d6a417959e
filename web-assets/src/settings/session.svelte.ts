/** Who is signed in. Loaded once before anything else is shown. */
import { api, call, useCsrfToken } from '../shared/api/client';
import type { components } from '../shared/api/schema';

export type User = components['schemas']['User'];

class Session {
  user: User | null = $state.raw(null);

  async load(): Promise<void> {
    const { data } = await call(api.GET('/api/v1/auth/session'));
    useCsrfToken(data.csrf_token);
    this.user = data.user;
  }

  get isAdmin(): boolean {
    return this.user?.role === 'admin';
  }
}

export const session = new Session();

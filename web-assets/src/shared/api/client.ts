/**
 * The API, typed by its OpenAPI documents. Every call resolves to the body of a success or throws a Problem.
 *
 *   const { data } = await call(api.GET('/api/v1/scheduling/pages'));
 */
import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';
import type { paths } from './schema';

let csrfToken = '';

/** The token that writes of this cookie session carry. */
export function useCsrfToken(token: string): void {
  csrfToken = token;
}

const session: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
  onResponse({ response }) {
    // A session ends while a page is open: log in, and come back to where one was.
    if (response.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    return undefined;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin, fetch: (request: Request) => globalThis.fetch(request) });
api.use(session);

interface Answer<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

export async function call<Body>(answer: Promise<Answer<Body>>): Promise<Body> {
  let told: Answer<Body>;
  try {
    told = await answer;
  } catch {
    throw Problem.offline();
  }
  if (told.response.ok) return told.data as Body;
  throw Problem.from(told.response.status, told.error);
}

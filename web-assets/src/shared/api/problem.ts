/** What an API refused with (RFC 9457), and what a page needs of it. */
export interface FieldError {
  field: string;
  code?: string;
  message: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: FieldError[] = [],
    readonly body: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** The message for a field: "settings.daily_limit", "rules[2].start_time". */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }

  /** Reads a body of application/problem+json; anything else becomes a problem in plain words. */
  static from(status: number, body: unknown): Problem {
    if (typeof body === 'object' && body !== null) {
      const told = body as Record<string, unknown>;
      const text = (key: string) => (typeof told[key] === 'string' ? (told[key] as string) : '');
      const errors = Array.isArray(told.errors) ? (told.errors as FieldError[]) : [];
      return new Problem(status, text('code') || 'unknown', text('detail') || text('title') || `The server answered ${status}.`, errors, told);
    }
    return new Problem(status, 'unknown', `The server answered ${status}.`);
  }

  /** The server could not be reached at all. */
  static offline(): Problem {
    return new Problem(0, 'offline', 'The server cannot be reached. Check the connection and try again.');
  }
}

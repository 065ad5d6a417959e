/** How sending a form goes; the same for booking and for moving. */
export type Stage = 'ready' | 'sending' | 'lost' | 'failed' | 'done';

export class Sending {
  stage = $state<Stage>('ready');
  /** What the server says to a failure, in its own words. */
  words = $state('');
  /** Where the next page is. */
  address = $state('');
}

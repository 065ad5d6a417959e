import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { oncePainted } from './painted';

let frames: FrameRequestCallback[] = [];
let visibility: DocumentVisibilityState = 'visible';

beforeEach(() => {
  frames = [];
  visibility = 'visible';
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('starts after the first frame, and once', () => {
  const start = vi.fn();
  oncePainted(start);
  vi.advanceTimersByTime(10);
  expect(start).not.toHaveBeenCalled();
  for (const frame of frames) frame(0);
  expect(start).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(start).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(start).toHaveBeenCalledTimes(1);
});

test('a page in the background does not wait for a frame', () => {
  visibility = 'hidden';
  const start = vi.fn();
  oncePainted(start);
  expect(start).toHaveBeenCalledTimes(1);
});

test('a page that is covered before its first frame starts all the same', () => {
  const start = vi.fn();
  oncePainted(start);
  vi.advanceTimersByTime(300);
  expect(start).toHaveBeenCalledTimes(1);
});

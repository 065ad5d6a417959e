/**
 * Calls `start` once the page that the server wrote has been painted: it can be read and followed by then, and the script's
 * own work (25 ms and more) no longer stands before it. A page in the background is not painted, so it does not wait.
 */
export function oncePainted(start: () => void): void {
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    start();
  };
  if (document.visibilityState === 'hidden') return begin();
  requestAnimationFrame(() => setTimeout(begin));
  // Frames stop when the page is covered meanwhile.
  setTimeout(begin, 300);
}

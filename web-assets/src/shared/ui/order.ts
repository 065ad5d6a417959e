/** A copy of `list` in which the item at `from` stands at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, item);
  return next;
}

/**
 * Where an item that is dragged to height `y` belongs, given the boxes of all items: over a neighbour's middle it takes
 * its place.
 */
export function placeAt(y: number, boxes: readonly { top: number; bottom: number }[], now: number): number {
  const middle = ({ top, bottom }: { top: number; bottom: number }) => (top + bottom) / 2;
  let place = now;
  while (place > 0 && y < middle(boxes[place - 1]!)) --place;
  while (place < boxes.length - 1 && y > middle(boxes[place + 1]!)) ++place;
  return place;
}

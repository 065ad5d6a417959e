/** Words of controls that all sections share. */
export const controls = {
  'order.grip': 'Move {name}. Use the arrow keys.',
  'order.hint': 'Drag, or use the arrow keys',
  'order.up': 'Move {name} up',
  'order.down': 'Move {name} down',
  'order.moved': '{name} is now {place} of {count}.',
  'durations.unit': 'Unit of “{name}”',
  'durations.minutes': 'minutes',
  'durations.hours': 'hours',
  'durations.days': 'days',
  'placeholders.insert': 'Insert what is filled in later:',
} as const;

export const hours = {
  'hours.title': 'Hours',
} as const;

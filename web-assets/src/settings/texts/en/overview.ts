export const overview = {
  'overview.title': 'Your scheduling links',
} as const;

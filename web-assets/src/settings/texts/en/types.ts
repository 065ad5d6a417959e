export const types = {
  'types.title': 'Meeting types',
} as const;

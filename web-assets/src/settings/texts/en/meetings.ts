export const meetings = {
  'meetings.title': 'Meetings',
} as const;

export const audit = {
  'audit.title': 'Who changed what',
  'audit.meeting': 'Meeting number',
  'audit.from': 'From',
  'audit.to': 'To',
  'audit.none': 'Nothing was changed here.',
  'audit.shown.one': '{count} change is shown.',
  'audit.shown.other': '{count} changes are shown.',
  'audit.when': 'When',
  'audit.what': 'What',
  'audit.show': 'Show the meeting',
} as const;

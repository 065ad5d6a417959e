export const accounts = {
  'accounts.title': 'Everybody’s calendars',
  'accounts.lead': 'Whose account is connected, and how it fares. Only its owner can connect an account again.',
  'accounts.none': 'Nobody has connected a calendar.',
  'accounts.shown.one': '{count} account',
  'accounts.shown.other': '{count} accounts',
  'accounts.owner': 'Owner',
  'accounts.account': 'Account',
  'accounts.status': 'Status',
  'accounts.nobody': 'User {id}',
} as const;

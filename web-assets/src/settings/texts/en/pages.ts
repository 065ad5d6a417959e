export const pages = {
  'pages.title': 'Pages',
} as const;

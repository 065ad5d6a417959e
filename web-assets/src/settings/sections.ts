/** What the settings consist of. Each section is loaded when somebody opens it. */
import type { Component } from 'svelte';
import type { IconName } from '../shared/ui/Icon.svelte';
import type { TextKey } from './texts/texts';

/** `id` is the third part of the address: /settings/scheduling/types/12. */
export interface SectionProps {
  id: string | null;
  query: URLSearchParams;
}

export interface Section {
  path: string;
  label: TextKey; // in the navigation
  title: TextKey; // of the window
  icon?: IconName; // without one it is not in the navigation
  isForAdmins?: true; // the API refuses others
  load: () => Promise<{ default: Component<SectionProps> | Component<Record<string, never>> }>;
}

export const sections: Section[] = [
  { path: '', label: 'shell.overview', title: 'overview.title', icon: 'home', load: () => import('./sections/overview/Overview.svelte') },
  { path: 'hours', label: 'shell.hours', title: 'hours.title', icon: 'calendarClock', load: () => import('./sections/hours/Hours.svelte') },
  { path: 'calendars', label: 'calendars.title', title: 'calendars.title', icon: 'calendarSync', load: () => import('./sections/calendars/CalendarConnect.svelte') },
  { path: 'pages', label: 'shell.pages', title: 'pages.title', icon: 'link', load: () => import('./sections/pages/Pages.svelte') },
  { path: 'types', label: 'types.title', title: 'types.title', icon: 'users', load: () => import('./sections/types/Types.svelte') },
  { path: 'meetings', label: 'shell.meetings', title: 'meetings.title', icon: 'calendar', load: () => import('./sections/meetings/Meetings.svelte') },
  { path: 'book', label: 'book.title', title: 'book.title', load: () => import('./sections/book/Book.svelte') },
  { path: 'figures', label: 'figures.title', title: 'figures.title', icon: 'chart', load: () => import('./sections/figures/Figures.svelte') },
  { path: 'mails', label: 'shell.mails', title: 'mails.title', icon: 'mail', load: () => import('./sections/mails/Mails.svelte') },
  { path: 'templates', label: 'templates.title', title: 'templates.title', icon: 'pencil', load: () => import('./sections/templates/Templates.svelte') },
  { path: 'accounts', label: 'accounts.title', title: 'accounts.title', icon: 'calendarSync', isForAdmins: true, load: () => import('./sections/accounts/Accounts.svelte') },
  { path: 'audit', label: 'audit.title', title: 'audit.title', icon: 'history', isForAdmins: true, load: () => import('./sections/audit/Audit.svelte') },
  { path: 'privacy', label: 'privacy.title', title: 'privacy.title', icon: 'shield', isForAdmins: true, load: () => import('./sections/privacy/Privacy.svelte') },
];

import { accounts } from './en/accounts';
import { audit } from './en/audit';
import { book } from './en/book';
import { calendars } from './en/calendars';
import { controls } from './en/controls';
import { figures } from './en/figures';
import { hours } from './en/hours';
import { mails } from './en/mails';
import { meetings } from './en/meetings';
import { overview } from './en/overview';
import { pages } from './en/pages';
import { privacy } from './en/privacy';
import { shell } from './en/shell';
import { suggestions } from './en/suggestions';
import { team } from './en/team';
import { templates } from './en/templates';
import { types } from './en/types';

/** One file for each section keeps them short. */
export const en = { ...shell, ...overview, ...hours, ...pages, ...types, ...meetings, ...controls, ...mails, ...templates, ...calendars, ...figures, ...suggestions, ...audit, ...privacy, ...team, ...accounts, ...book } as const;

/** Meetings over the API, as their host sees them. */
import { api, call } from '../../../shared/api/client';
import type { components, operations } from '../../../shared/api/schema';

type Stored = components['schemas']['Meeting'];
type ForHosts = 'local' | 'meeting_type_name' | 'host_name' | 'has_begun' | 'question_labels' | 'rescheduled_to_id' | 'phone_texts' | 'held_for_review' | 'awaits_verification' | 'hosts' | 'assignment';
/** Whoever is signed in gets all of it. */
export type Meeting = Stored & Required<Pick<Stored, ForHosts>>;
export type Status = Meeting['status'];
export type Query = NonNullable<operations['listMeetings']['parameters']['query']>;
export type User = components['schemas']['User'];
export interface ResultPage {
  data: Meeting[];
  next_cursor: string | null;
}

const path = (id: number) => ({ params: { path: { id } } });
const one = async (answer: Promise<{ data: Stored }>) => (await answer).data as Meeting;

export const loadMeetings = async (query: Query) => (await call(api.GET('/api/v1/scheduling/meetings', { params: { query } }))) as ResultPage;
export const loadMeeting = (id: number) => one(call(api.GET('/api/v1/scheduling/meetings/{id}', path(id))));
export const confirmMeeting = (id: number) => one(call(api.POST('/api/v1/scheduling/meetings/{id}/confirm', path(id))));
export const declineMeeting = (id: number, reason: string) => one(call(api.POST('/api/v1/scheduling/meetings/{id}/decline', { ...path(id), body: { reason: reason.trim() || null } })));
export const cancelMeeting = (id: number, reason: string) => one(call(api.POST('/api/v1/scheduling/meetings/{id}/cancel', { ...path(id), body: { reason: reason.trim() || null } })));
export const recordOutcome = (id: number, outcome: 'completed' | 'no_show') => one(call(api.POST('/api/v1/scheduling/meetings/{id}/outcome', { ...path(id), body: { outcome } })));
export const reassignMeeting = (id: number, host_user_id: number, from_user_id: number) => one(call(api.POST('/api/v1/scheduling/meetings/{id}/reassign', { ...path(id), body: { host_user_id, from_user_id } })));
export type Candidate = components['schemas']['HandoverCandidate'];
export const loadCandidates = async (id: number): Promise<Candidate[]> => (await call(api.GET('/api/v1/scheduling/meetings/{id}/candidates', path(id)))).data;
/** For admins; nobody else may list users. */
export const loadUsers = async () => (await call(api.GET('/api/v1/users', { params: { query: { limit: 100 } } }))).data as User[];
export const loadTypes = async () => (await call(api.GET('/api/v1/scheduling/meeting-types', { params: { query: { limit: 100 } } }))).data;

/*
 * kit/types.ts - short names for what the routes of api.gen.ts carry.  Nothing is
 * described here: each name points at its place in a route, so it follows the server.
 */
import type { Routes } from './api.gen';

type In<R extends keyof Routes> = Routes[R]['in'];
type Out<R extends keyof Routes> = Routes[R]['out'];
type Item<T> = NonNullable<T> extends (infer I)[] ? I : never;

export type Chat = Out<'GET /v1/chat'>['chat'];
export type ChatLast = NonNullable<Chat['last']>;
export type Peer = Chat['peer'];
export type Corp = Peer['corp'];
export type Message = Item<Out<'GET /v1/chat/messages'>['messages']>;
export type Who = Message['from'];
export type ChatsOut = Out<'GET /v1/chats'>;
export type MessagesOut = Out<'GET /v1/chat/messages'>;

export type Me = Out<'GET /v1/me'>['me'];
export type Session = Item<Out<'GET /v1/sessions'>['sessions']>;
export type DeskApp = Item<Out<'GET /v1/apps'>['apps']>;
export type Follow = Out<'GET /v1/customer'>['customer'];
export type CustomerRemarkIn = In<'POST /v1/customer/remark'>;
export type TagGroup = Item<Out<'GET /v1/tags'>['groups']>;
export type SettingItem = Item<Out<'GET /v1/admin/settings'>['settings']>;
export type MyCodeOut = Out<'GET /v1/my_code'>;
export type CardOut = Out<'GET /v1/card'>;
export type Card = CardOut['card'];
export type Account = Out<'GET /v1/me/account'>;
export type GroupOut = Out<'GET /v1/group'>;
export type Group = GroupOut['group'];
export type GroupPerson = Item<GroupOut['persons']>;
export type GroupCardOut = Out<'GET /v1/group/card'>;
export type GroupCard = GroupCardOut['card'];
export type Company = Item<Out<'GET /v1/companies'>['companies']>;
export type CompanyOut = Out<'GET /v1/company'>;
export type CompanyPerson = Item<Company['people']>;
export type AdminReport = Item<Out<'GET /v1/admin/reports'>['reports']>;

export type MassTask = Out<'GET /v1/mass/task'>['task'];
export type Mass = MassTask['message'];
export type Attachment = Item<Mass['attachments']>;
export type MassTarget = Item<Out<'GET /v1/mass/customers'>['targets']>;
export type MassMember = Item<Out<'GET /v1/admin/mass/tasks'>['tasks']>;
export type MassFilter = NonNullable<In<'POST /v1/admin/mass/count'>['filter']>;
export type Moment = Item<Out<'GET /v1/moments'>['moments']>;
export type MomentComment = Item<Moment['comments']>;
export type MomentAddIn = In<'POST /v1/moment/add'>;
export type MomentAudience = Out<'POST /v1/moment/audience'>;
export type AdminMoment = Item<Out<'GET /v1/admin/moments'>['moments']>;
export type AdminMomentOut = Out<'GET /v1/admin/moment'>;
export type Product = Item<Out<'GET /v1/products'>['products']>;

export type AdminDepartment = Item<Out<'GET /v1/admin/departments'>['departments']>;
export type AdminMember = Item<Out<'GET /v1/admin/members'>['members']>;
export type AdminMembersImportOut = Out<'POST /v1/admin/members/import'>;
export type AdminApp = Out<'GET /v1/admin/app'>['app'];
export type AdminAppUpdateIn = In<'POST /v1/admin/app/update'>;
export type UserName = Item<AdminApp['users']>;
export type DepartmentName = Item<AdminApp['parties']>;
export type AdminDelivery = Item<Out<'GET /v1/admin/deliveries'>['deliveries']>;
export type AdminDeliveryOut = Out<'GET /v1/admin/delivery'>;
export type AdminCorp = Out<'GET /v1/admin/corp'>['corp'];
export type AdminCorpIn = In<'POST /v1/admin/corp'>;
export type AuditEntry = Item<Out<'GET /v1/admin/audit'>['entries']>;

/*
 * The shapes and routes of /v1, as `liaisond describe ts` prints them: one
 * interface a shape, one row a route.  Written by hand until the program prints it.
 */

export interface Who {
  kind: string;
  id: string;
  name: string;
  avatar: string;
}

export interface Corp {
  corpid: string;
  name: string;
  verified: boolean;
}

export interface Peer {
  kind: string;
  id: string;
  name: string;
  avatar: string;
  position: string;
  corp: Corp;
  remark: string;
}

export interface ChatLast {
  seq: number;
  type: string;
  preview: string;
  time: number;
  mine: boolean;
}

export interface Chat {
  chat: string;
  kind: string;
  peer: Peer;
  last_seq: number;
  read_seq: number;
  peer_read_seq: number;
  unread: number;
  last?: ChatLast;
  stamp: string;
  closed: boolean;
}

export interface Message {
  chat: string;
  seq: number;
  msgid: string;
  time: number;
  from: Who;
  mine: boolean;
  type: string;
  body: unknown;
  nonce?: string;
}

export interface Me {
  kind: string;
  id: string;
  name: string;
  avatar: string;
  position: string;
  corp: Corp;
  admin: boolean;
}

export interface SignInIn {
  corp?: string;
  account: string;
  password: string;
}

export interface SignInOut {
  me: Me;
  token: string;
}

export interface MeOut {
  me: Me;
}

export interface Session {
  session: string;
  device: string;
  created: number;
  seen: number;
  current: boolean;
}

export interface SessionsOut {
  sessions: Session[];
}

export interface SessionRevokeIn {
  session: string;
}

export interface PasswordIn {
  old: string;
  new: string;
}

export interface ChatsIn {
  cursor?: string;
  limit?: number;
}

export interface ChatsOut {
  chats: Chat[];
  next_cursor?: string;
  stamp: string;
}

export interface ChatIn {
  chat: string;
}

export interface ChatOut {
  chat: Chat;
}

export interface MessagesIn {
  chat: string;
  after?: number;
  before?: number;
  limit?: number;
}

export interface MessagesOut {
  messages: Message[];
  has_more: boolean;
}

export interface SendIn {
  nonce: string;
  chat: string;
  type: string;
  body: unknown;
}

export interface SendOut {
  seq: number;
  msgid: string;
  time: number;
}

export interface ReadIn {
  chat: string;
  seq: number;
}

export interface DeskApp {
  agentid: number;
  name: string;
  description: string;
  logo: string;
  chat?: string;
}

export interface AppsOut {
  apps: DeskApp[];
}

export interface AppOpenIn {
  agentid: number;
}

export interface FollowTag {
  tag_id: string;
  name: string;
  group_name: string;
}

export interface Follow {
  external_userid: string;
  name: string;
  avatar: string;
  remark: string;
  description: string;
  remark_company: string;
  remark_mobiles: string[];
  tags: FollowTag[];
  state: string;
  add_way: number;
  way_remark: string;
  created: number;
  chat: string;
  status: string;
}

export interface CustomersIn {
  q?: string;
  tag?: string;
  cursor?: string;
  limit?: number;
}

export interface CustomersOut {
  customers: Follow[];
  next_cursor?: string;
}

export interface CustomerIn {
  external_userid: string;
}

export interface CustomerOut {
  customer: Follow;
}

export interface CustomerRemarkIn {
  external_userid: string;
  remark?: string;
  description?: string;
  remark_company?: string;
  remark_mobiles?: string[];
}

export interface CustomerTagsIn {
  external_userid: string;
  tag_ids: string[];
}

export interface Tag {
  tag_id: string;
  name: string;
}

export interface TagGroup {
  group_id: string;
  name: string;
  tags: Tag[];
}

export interface TagsOut {
  groups: TagGroup[];
}

export interface Card {
  name: string;
  position: string;
  avatar: string;
  corp: Corp;
  code: string;
}

export interface MyCodeOut {
  code: string;
  url: string;
  card: Card;
}

export interface CardIn {
  code: string;
}

export interface CardOut {
  card: Card;
  chat?: string;
}

export interface AddIn {
  code: string;
  nickname?: string;
}

export interface AddOut {
  chat: Chat;
  me: Me;
}

export interface MeNameIn {
  name: string;
}

export interface AdminOverviewOut {
  members: number;
  active_members: number;
  customers: number;
  apps: number;
  messages_today: number;
  callbacks_waiting: number;
  callbacks_parked: number;
  version: string;
}

export interface AdminDepartment {
  id: number;
  parentid: number;
  name: string;
  members: number;
}

export interface AdminDepartmentsOut {
  departments: AdminDepartment[];
}

export interface DepartmentName {
  id: number;
  name: string;
}

export interface AdminMember {
  userid: string;
  name: string;
  position: string;
  mobile: string;
  email: string;
  avatar: string;
  status: number | string;
  admin: boolean;
  customers: number;
  departments: DepartmentName[];
}

export interface AdminMembersIn {
  q?: string;
  department?: number;
  cursor?: string;
  limit?: number;
}

export interface AdminMembersOut {
  members: AdminMember[];
  next_cursor?: string;
  total: number;
}

export interface AdminMemberIn {
  userid: string;
}

export interface AdminMemberPasswordOut {
  password: string;
}

export interface ImportError {
  line: number;
  message: string;
}

export interface AdminMembersImportOut {
  added: number;
  changed: number;
  unchanged: number;
  failed: number;
  errors: ImportError[];
}

export interface UserName {
  userid: string;
  name: string;
}

export interface AdminApp {
  agentid: number;
  kind: string;
  name: string;
  description: string;
  logo: string;
  home_url: string;
  closed: boolean;
  sends_welcome: boolean;
  users: UserName[];
  parties: DepartmentName[];
  callback_url: string;
  callback_token: string;
  callback_aes_key: string;
  created: number;
}

export interface AdminAppsOut {
  apps: AdminApp[];
}

export interface AdminAppOut {
  app: AdminApp;
}

export interface AdminAppCreateIn {
  name: string;
  description?: string;
  kind?: string;
}

export interface AdminAppIn {
  agentid: number;
}

export interface AdminAppUpdateIn {
  agentid: number;
  name?: string;
  description?: string;
  home_url?: string;
  closed?: boolean;
  sends_welcome?: boolean;
  users?: string[];
  parties?: number[];
}

export interface AdminAppSecretIn {
  agentid: number;
  renew?: boolean;
}

export interface AdminAppSecretOut {
  secret: string;
}

export interface AdminAppCallbackIn {
  agentid: number;
  url: string;
  token: string;
  aes_key: string;
}

export interface AdminDelivery {
  event: string;
  agentid: number;
  app: string;
  name: string;
  change: string;
  created: number;
  tries: number;
  status: string;
  http_status: number;
  error: string;
  next: number;
  delivered: number;
}

export interface AdminDeliveriesIn {
  agentid?: number;
  status?: string;
  cursor?: string;
  limit?: number;
}

export interface AdminDeliveriesOut {
  deliveries: AdminDelivery[];
  next_cursor?: string;
}

export interface AdminDeliveryIn {
  event: string;
}

export interface AdminDeliveryOut {
  delivery: AdminDelivery;
  payload: string;
}

export interface AdminCorp {
  corpid: string;
  name: string;
  verified: boolean;
  welcome: string;
  allow_private_callbacks: boolean;
  sync_reads_ids: boolean;
}

export interface AdminCorpIn {
  name?: string;
  welcome?: string;
  allow_private_callbacks?: boolean;
  sync_reads_ids?: boolean;
}

export interface AdminCorpOut {
  corp: AdminCorp;
}

export interface AuditEntry {
  time: number;
  actor: string;
  verb: string;
  object: string;
  detail: string;
}

export interface AdminAuditIn {
  cursor?: string;
  limit?: number;
}

export interface AdminAuditOut {
  entries: AuditEntry[];
  next_cursor?: string;
}

export interface Empty {}

/* What each route takes and gives.  A GET's fields travel in the query; a route
 * whose `in` is `Upload` takes multipart with one file named `media`. */
export interface Upload {
  chat?: string;
  nonce?: string;
  type?: string;
}

export interface Routes {
  'POST /v1/sign_in': { in: SignInIn; out: SignInOut };
  'POST /v1/sign_out': { in: Empty; out: Empty };
  'GET /v1/me': { in: Empty; out: MeOut };
  'GET /v1/sessions': { in: Empty; out: SessionsOut };
  'POST /v1/session/revoke': { in: SessionRevokeIn; out: Empty };
  'POST /v1/password': { in: PasswordIn; out: Empty };
  'GET /v1/chats': { in: ChatsIn; out: ChatsOut };
  'GET /v1/chat': { in: ChatIn; out: ChatOut };
  'GET /v1/chat/messages': { in: MessagesIn; out: MessagesOut };
  'POST /v1/chat/send': { in: SendIn; out: SendOut };
  'POST /v1/chat/read': { in: ReadIn; out: Empty };
  'POST /v1/chat/upload': { in: Upload; out: SendOut };
  'GET /v1/apps': { in: Empty; out: AppsOut };
  'POST /v1/app/open': { in: AppOpenIn; out: ChatOut };
  'GET /v1/customers': { in: CustomersIn; out: CustomersOut };
  'GET /v1/customer': { in: CustomerIn; out: CustomerOut };
  'POST /v1/customer/remark': { in: CustomerRemarkIn; out: CustomerOut };
  'POST /v1/customer/tags': { in: CustomerTagsIn; out: CustomerOut };
  'POST /v1/customer/delete': { in: CustomerIn; out: Empty };
  'GET /v1/tags': { in: Empty; out: TagsOut };
  'GET /v1/my_code': { in: Empty; out: MyCodeOut };
  'GET /v1/card': { in: CardIn; out: CardOut };
  'POST /v1/add': { in: AddIn; out: AddOut };
  'POST /v1/me/name': { in: MeNameIn; out: Empty };
  'POST /v1/leave': { in: ChatIn; out: Empty };
  'GET /v1/admin/overview': { in: Empty; out: AdminOverviewOut };
  'GET /v1/admin/departments': { in: Empty; out: AdminDepartmentsOut };
  'GET /v1/admin/members': { in: AdminMembersIn; out: AdminMembersOut };
  'POST /v1/admin/member/disable': { in: AdminMemberIn; out: Empty };
  'POST /v1/admin/member/enable': { in: AdminMemberIn; out: Empty };
  'POST /v1/admin/member/password': { in: AdminMemberIn; out: AdminMemberPasswordOut };
  'POST /v1/admin/members/import': { in: Upload; out: AdminMembersImportOut };
  'GET /v1/admin/apps': { in: Empty; out: AdminAppsOut };
  'POST /v1/admin/app/create': { in: AdminAppCreateIn; out: AdminAppOut };
  'GET /v1/admin/app': { in: AdminAppIn; out: AdminAppOut };
  'POST /v1/admin/app/update': { in: AdminAppUpdateIn; out: AdminAppOut };
  'POST /v1/admin/app/secret': { in: AdminAppSecretIn; out: AdminAppSecretOut };
  'POST /v1/admin/app/callback': { in: AdminAppCallbackIn; out: AdminAppOut };
  'GET /v1/admin/deliveries': { in: AdminDeliveriesIn; out: AdminDeliveriesOut };
  'GET /v1/admin/delivery': { in: AdminDeliveryIn; out: AdminDeliveryOut };
  'POST /v1/admin/delivery/replay': { in: AdminDeliveryIn; out: Empty };
  'GET /v1/admin/corp': { in: Empty; out: AdminCorpOut };
  'POST /v1/admin/corp': { in: AdminCorpIn; out: AdminCorpOut };
  'GET /v1/admin/audit': { in: AdminAuditIn; out: AdminAuditOut };
}

/*
 * The shapes and routes of /v1, printed by `liaisond describe ts`.
 * Not written by hand: change the shapes, then `make describe`.
 */

export interface AddIn {
  /** The end of the link */
  code: string;
  /** Needed the first time */
  nickname?: string;
  /** What the link says behind ?by= */
  by?: string;
  /** customer_channel of its URL */
  channel?: string;
  /** To the member, when he must accept */
  words?: string;
  /** Of the card */
  puzzle?: string;
  /** A number that solves it */
  answer?: string;
}

export interface Corp {
  /** The company's id */
  corpid: string;
  /** Its name */
  name: string;
  /** Its name has been verified */
  verified: boolean;
}

export interface Peer {
  /** member, customer, app, group or service */
  kind: string;
  /** Stable for this viewer; a group's chat_id */
  id: string;
  /** Shown to people */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** A member's position */
  position: string;
  /** A member's or app's company; a customer has none */
  corp: Corp;
  /** What the asking member calls the customer */
  remark: string;
}

export interface ChatLast {
  /** Its number */
  seq: number;
  /** text, image, file, textcard, markdown, system */
  type: string;
  /** The text's beginning */
  preview: string;
  /** Unix milliseconds */
  time: number;
  /** The viewer sent it */
  mine: boolean;
  /** In a group: who sent it */
  from?: string;
}

export interface Chat {
  /** The chat's name */
  chat: string;
  /** customer, app, group or service */
  kind: string;
  /** The other side */
  peer: Peer;
  /** Number of the last message, 0 without */
  last_seq: number;
  /** What the viewer has read */
  read_seq: number;
  /** What the other side has read */
  peer_read_seq: number;
  /** Messages the viewer has not read */
  unread: number;
  /** The last message */
  last?: ChatLast;
  /** Grows with every change */
  stamp: string;
  /** Takes no messages any more */
  closed: boolean;
  /** A group: how many are in it */
  members?: number;
}

export interface Me {
  /** member or consumer */
  kind: string;
  /** A member's userid, or the consumer's own id */
  id: string;
  /** Shown to people */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** A member's position */
  position: string;
  /** A member's company; empty for a consumer */
  corp: Corp;
  /** May use the console */
  admin: boolean;
  /** An administrator chose the password */
  must_change_password?: boolean;
  /** A consumer's choice: zh or en */
  language?: string;
}

export interface AddOut {
  /** The chat with the member */
  chat?: Chat;
  /** Instead, when he has to accept first */
  request?: string;
  /** The consumer */
  me: Me;
}

export interface WayQuota {
  /** Its number */
  quota: string;
  /** Granted */
  total: number;
  /** Left */
  balance: number;
  /** Unix milliseconds */
  expires: number;
}

export interface AdminQuotaOut {
  /** false: links bring as many as come */
  bounded: boolean;
  /** Left in all */
  balance: number;
  /** By their end */
  quotas: WayQuota[];
}

export interface AdminQuotaDropIn {
  /** Which */
  quota: string;
}

export interface AdminQuotaGrantIn {
  /** So many customers */
  number: number;
  /** Within so many days */
  days: number;
}

export interface AdminAppGetIn {
  /** The app */
  agentid: number;
}

export interface AdminAppUser {
  /** A member who sees the app */
  userid: string;
  /** What people call him */
  name: string;
}

export interface AdminAppParty {
  /** A department whose members see the app */
  id: number;
  /** What it is called */
  name: string;
}

export interface AdminApp {
  /** The app */
  agentid: number;
  /** app, contact_sync or customer_contact */
  kind: string;
  /** What it is called */
  name: string;
  /** What it does */
  description: string;
  /** For GET /v1/avatar; empty without one */
  logo: string;
  /** Its page */
  home_url: string;
  /** Nobody may use it */
  closed: boolean;
  /** It welcomes new customers */
  sends_welcome: boolean;
  /** It may read and change customers */
  customer_contact: boolean;
  /** Members who see it */
  users: AdminAppUser[];
  /** Departments that see it */
  parties: AdminAppParty[];
  /** Where events go; empty: nowhere */
  callback_url: string;
  /** Signs them */
  callback_token: string;
  /** Encrypts them */
  callback_aes_key: string;
  /** Unix milliseconds */
  created: number;
}

export interface AdminAppOut {
  /** The app */
  app: AdminApp;
}

export interface AdminAppCallbackIn {
  /** The app */
  agentid: number;
  /** Where events go; empty: nowhere any more */
  url: string;
  /** 3 to 32 letters and digits */
  token?: string;
  /** 43 letters and digits */
  aes_key?: string;
}

export interface AdminAppCreateIn {
  /** What it is called */
  name: string;
  /** What it does */
  description?: string;
  /** app; the others are there from the start */
  kind?: string;
}

export interface AdminAppSecretIn {
  /** The app */
  agentid: number;
  /** Make a new one: the old one and its tokens die */
  renew?: boolean;
}

export interface AdminAppSecretOut {
  /** corpsecret of gettoken */
  secret: string;
}

export interface AdminAppUpdateIn {
  /** The app */
  agentid: number;
  /** What it is called */
  name?: string;
  /** What it does */
  description?: string;
  /** Its page */
  home_url?: string;
  /** Nobody may use it */
  closed?: boolean;
  /** It welcomes new customers */
  sends_welcome?: boolean;
  /** It may read and change customers */
  customer_contact?: boolean;
  /** userids who see it; all of them */
  users?: string[];
  /** Departments that see it; all of them */
  parties?: number[];
}

export interface AdminAppsOut {
  /** By agentid */
  apps: AdminApp[];
}

export interface AdminAuditIn {
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AuditItem {
  /** Unix milliseconds */
  time: number;
  /** member:USERID, app:AGENTID or operator */
  actor: string;
  /** What was done: member.disable */
  verb: string;
  /** To what: member:USERID */
  object: string;
  /** In words */
  detail: string;
}

export interface AdminAuditOut {
  /** Newest first */
  entries: AuditItem[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminBadgesIn {
  /** With all below it */
  department: number;
}

export interface Card {
  /** The member */
  name: string;
  /** What he does, as customers read it */
  position: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** His company */
  corp: Corp;
  /** The code */
  code: string;
}

export interface AdminBadgesOut {
  /** Members who serve customers, with their own codes */
  badges: Card[];
}

export interface AdminCorpItem {
  /** The company's id */
  corpid: string;
  /** Its name */
  name: string;
  /** Its name has been verified */
  verified: boolean;
  /** What new customers are told, if no app does */
  welcome: string;
  /** Callbacks to private addresses */
  allow_private_callbacks: boolean;
  /** The contact-sync secret reads ids only */
  sync_reads_ids: boolean;
  /** Handovers do not wait for a day */
  handover_at_once: boolean;
}

export interface AdminCorpOut {
  /** The company */
  corp: AdminCorpItem;
}

export interface AdminCorpSetIn {
  /** Its name */
  name?: string;
  /** What new customers are told, if no app does */
  welcome?: string;
  /** Callbacks to private addresses */
  allow_private_callbacks?: boolean;
  /** The contact-sync secret reads ids only */
  sync_reads_ids?: boolean;
  /** Handovers do not wait for a day */
  handover_at_once?: boolean;
}

export interface AdminCustomerExportIn {
  /** Whose customers; absent: all of the company */
  userid?: string;
}

export interface AdminDeliveriesIn {
  /** Only of this app */
  agentid?: number;
  /** Only these: waiting, delivered, parked, expired */
  status?: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AdminDelivery {
  /** As in the header X-Liaison-Event */
  event: string;
  /** The app */
  agentid: number;
  /** Its name */
  app: string;
  /** change_external_contact; text: a message */
  name: string;
  /** add_external_contact; empty without one */
  change: string;
  /** Unix milliseconds */
  created: number;
  /** So far */
  tries: number;
  /** waiting, delivered, parked or expired */
  status: string;
  /** Of the last answer; 0: there was none */
  http_status: number;
  /** What went wrong last */
  error: string;
  /** The next try, Unix milliseconds; 0: none */
  next: number;
  /** Unix milliseconds; 0: not yet */
  delivered: number;
}

export interface AdminDeliveriesOut {
  /** Newest first */
  deliveries: AdminDelivery[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminDeliveryOneIn {
  /** Which */
  event: string;
}

export interface AdminDeliveryOneOut {
  /** The delivery */
  delivery: AdminDelivery;
  /** What the app receives, before encryption */
  payload: string;
}

export interface AdminDepartment {
  /** The root is 1 */
  id: number;
  /** 0 for the root */
  parentid: number;
  /** What it is called */
  name: string;
  /** Who stands in it itself */
  members: number;
}

export interface AdminDepartmentsOut {
  /** Parents first */
  departments: AdminDepartment[];
}

export interface AdminGroupTransferIn {
  /** Whose groups, in service or not: userid */
  from: string;
  /** Who follows: userid */
  to: string;
}

export interface AdminGroupTransferOut {
  /** How many have a new owner */
  groups: number;
}

export interface AdminGroupsIn {
  /** Only those whose owner has left */
  unassigned?: boolean;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface Who {
  /** member, customer, app, service or system */
  kind: string;
  /** Stable for this viewer */
  id: string;
  /** Shown to people */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
}

export interface Group {
  /** Its chat */
  chat: string;
  /** As apps name it; members only */
  chat_id?: string;
  /** As pages in it name it */
  opengid?: string;
  /** Its name */
  name: string;
  /** What stands on its board */
  notice: string;
  /** When that was written; 0 never */
  noticed: number;
  /** Whose it is */
  owner: Who;
  /** The company */
  corp: Corp;
  /** The viewer's: owner, admin, member, customer */
  role: string;
  /** How many are in it */
  members: number;
  /** And of them customers */
  customers: number;
  /** 1 its owner has left, 3 inherited */
  status?: number;
  /** template_id of what newcomers are sent */
  welcome?: string;
  /** It is over */
  dismissed: boolean;
  /** Unix milliseconds */
  created: number;
}

export interface AdminGroupsOut {
  /** Groups */
  groups: Group[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminHandoverIn {
  /** Whose customers, in service or not: userid */
  from: string;
  /** Who follows: userid */
  to: string;
  /** Only these; absent: all of them */
  external_userids?: string[];
  /** What the successor says first, to these */
  words?: string;
}

export interface AdminHandoverOut {
  /** How many were handed over */
  customers: number;
}

export interface AdminUnassignedIn {
  /** Whose customers, in service or not */
  userid: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AdminUnassignedItem {
  /** The customer */
  external_userid: string;
  /** What he calls himself */
  name: string;
  /** What the member calls him */
  remark: string;
  /** Names of his labels */
  tags: string[];
  /** When he was added, Unix milliseconds */
  created: number;
  /** userid of who follows in a while */
  waiting?: string;
  /** And when */
  due?: number;
}

export interface AdminUnassignedOut {
  /** By number */
  customers: AdminUnassignedItem[];
  /** For the next page; absent at the end */
  next_cursor?: string;
  /** All of them */
  total: number;
}

export interface AdminLeaversIn {
  /** next_cursor of the page before */
  cursor?: string;
}

export interface AdminLeaver {
  /** Who has left or is disabled */
  userid: string;
  /** His name */
  name: string;
  /** Disabled; else he has left for good */
  disabled: boolean;
  /** Since when, Unix milliseconds */
  left: number;
  /** Customers still his */
  customers: number;
}

export interface AdminLeaversOut {
  /** With customers first made first */
  leavers: AdminLeaver[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminRule {
  /** always, tag or department */
  when: string;
  /** when tag: the customer has it */
  tag_id?: string;
  /** Its name; told, not asked */
  tag_name?: string;
  /** when department: who leaves stands in it or below */
  department?: number;
  /** Its name; told, not asked */
  department_name?: string;
  /** manager, member, department or nobody */
  to: string;
  /** to member: who follows */
  userid?: string;
  /** His name; told, not asked */
  name?: string;
  /** to department: its members by turns */
  to_department?: number;
  /** Its name; told, not asked */
  to_department_name?: string;
}

export interface AdminPreviewIn {
  /** Who would leave */
  userid: string;
  /** By these rules; absent: by those that are kept */
  rules?: AdminRule[];
}

export interface AdminShare {
  /** Who would follow; empty: nobody, they wait */
  userid: string;
  /** His name */
  name: string;
  /** Place of the rule, 0: none fits */
  rule: number;
  /** How many */
  customers: number;
  /** A few of them */
  names: string[];
}

export interface AdminPreviewOut {
  /** By rule and successor */
  shares: AdminShare[];
  /** All his customers */
  customers: number;
  /** By the corp's setting: at once, or after a day */
  at_once: boolean;
}

export interface AdminRulesOut {
  /** In order; the first that fits a customer decides */
  rules: AdminRule[];
}

export interface AdminRulesSetIn {
  /** All of them from now on, in order */
  rules: AdminRule[];
}

export interface AdminHandoversIn {
  /** Of this member's customers only */
  userid?: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AdminHandoverLogged {
  /** Its number */
  handover: string;
  /** The customer */
  external_userid: string;
  /** His name */
  customer: string;
  /** userid */
  from: string;
  /** His name */
  from_name: string;
  /** userid */
  to: string;
  /** His name */
  to_name: string;
  /** The former had not left */
  in_service: boolean;
  /** 1 done, 2 waiting, 3 refused, 4 failed */
  status: number;
  /** Place of the rule, 0: somebody assigned */
  rule: number;
  /** Who assigned; empty: an app or the operator */
  oper_userid: string;
  /** Unix milliseconds */
  created: number;
  /** Until when the customer may refuse */
  due: number;
  /** 0 while it waits */
  done: number;
}

export interface AdminHandoversOut {
  /** Newest first */
  handovers: AdminHandoverLogged[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface InsightIn {
  /** Unix milliseconds; the day it lies in */
  from: number;
  /** In the last day */
  until: number;
}

export interface InsightSumItem {
  /** New customers */
  contacts: number;
  /** Of them, given by a handover */
  applies: number;
  /** Customers who left */
  lost: number;
  /** Chats in which the member wrote */
  chats: number;
  /** Messages the member wrote */
  messages: number;
  /** Chats that customers began */
  asked: number;
  /** Of them, answered on the day */
  replied: number;
  /** Absent when nobody asked */
  reply_percentage?: number;
  /** Until the first answer, on average; absent without one */
  reply_minutes?: number;
}

export interface InsightDayItem {
  /** When it began, Unix milliseconds */
  day: number;
  /** New customers */
  contacts: number;
  /** Of them, given by a handover */
  applies: number;
  /** Customers who left */
  lost: number;
  /** Chats in which the member wrote */
  chats: number;
  /** Messages the member wrote */
  messages: number;
  /** Chats that customers began */
  asked: number;
  /** Of them, answered on the day */
  replied: number;
  /** Absent when nobody asked */
  reply_percentage?: number;
  /** Until the first answer, on average; absent without one */
  reply_minutes?: number;
}

export interface InsightMemberItem {
  /** The member */
  userid: string;
  /** His name */
  name: string;
  /** For GET /v1/avatar */
  avatar: string;
  /** His main department */
  department: number;
  /** New customers */
  contacts: number;
  /** Of them, given by a handover */
  applies: number;
  /** Customers who left */
  lost: number;
  /** Chats in which the member wrote */
  chats: number;
  /** Messages the member wrote */
  messages: number;
  /** Chats that customers began */
  asked: number;
  /** Of them, answered on the day */
  replied: number;
  /** Absent when nobody asked */
  reply_percentage?: number;
  /** Until the first answer, on average; absent without one */
  reply_minutes?: number;
}

export interface InsightDepartmentItem {
  /** Its id */
  department: number;
  /** Its name */
  name: string;
  /** New customers */
  contacts: number;
  /** Of them, given by a handover */
  applies: number;
  /** Customers who left */
  lost: number;
  /** Chats in which the member wrote */
  chats: number;
  /** Messages the member wrote */
  messages: number;
  /** Chats that customers began */
  asked: number;
  /** Of them, answered on the day */
  replied: number;
  /** Absent when nobody asked */
  reply_percentage?: number;
  /** Until the first answer, on average; absent without one */
  reply_minutes?: number;
}

export interface InsightChannelItem {
  /** Name or config_id of the code */
  channel: string;
  /** Its remark, or whose code it is */
  name: string;
  /** Customers who came by it */
  added: number;
  /** Of them, who wrote on the same day */
  talked: number;
}

export interface AdminInsightOut {
  /** All of it */
  all: InsightSumItem;
  /** By day */
  days: InsightDayItem[];
  /** By member; who did nothing is not there */
  members: InsightMemberItem[];
  /** By the members' main departments */
  departments: InsightDepartmentItem[];
  /** By the code that customers came by */
  channels: InsightChannelItem[];
}

export interface AdminInsightCsvIn {
  /** day, member, department or channel */
  by: string;
  /** Unix milliseconds; the day it lies in */
  from: number;
  /** In the last day */
  until: number;
}

export interface AdminMassIn {
  /** Its name */
  mass: string;
}

export interface AttachedMedia {
  /** From media/upload */
  media_id?: string;
  /** Pictures: instead of it, the address that media/uploadimg gave */
  pic_url?: string;
}

export interface AttachedLink {
  /** Title; required */
  title?: string;
  /** Address of its picture */
  picurl?: string;
  /** Text under it */
  desc?: string;
  /** Where it leads; required */
  url?: string;
  /** Its picture, in moments */
  media_id?: string;
}

export interface AttachedMiniprogram {
  /** Title; required */
  title?: string;
  /** Its picture */
  pic_media_id?: string;
  /** The mini program; required */
  appid?: string;
  /** Its page; required */
  page?: string;
}

export interface Attachment {
  /** image, link, miniprogram, video or file; required */
  msgtype?: string;
  /** A picture */
  image?: AttachedMedia;
  /** A link */
  link?: AttachedLink;
  /** A mini program */
  miniprogram?: AttachedMiniprogram;
  /** A video */
  video?: AttachedMedia;
  /** A file */
  file?: AttachedMedia;
}

export interface Mass {
  /** Its name */
  mass: string;
  /** A member's own; else the company's */
  personal: boolean;
  /** userid; absent for apps */
  maker?: string;
  /** The maker's name, or the app's */
  maker_name?: string;
  /** With {customer_name}, {member_name} */
  text: string;
  /** With it */
  attachments: Attachment[];
  /** Members may leave customers out */
  allow_select: boolean;
  /** Members are not asked */
  direct: boolean;
  /** preparing, open, paused, cancelled or done */
  state: string;
  /** Customers, once for each member */
  targets: number;
  /** Who has got it */
  sent: number;
  /** Who could not */
  failed: number;
  /** Unix milliseconds */
  created: number;
}

export interface AdminMassOut {
  /** As it is now */
  mass: Mass;
}

export interface MassFilter {
  /** With all these labels */
  tags_all?: string[];
  /** With one of these labels */
  tags_any?: string[];
  /** With none of these labels */
  no_tags?: string[];
  /** Customers of these members; console only */
  userids?: string[];
  /** Customers of these departments' members; console only */
  departments?: number[];
  /** Added at or later, Unix milliseconds */
  from?: number;
  /** Added before */
  until?: number;
  /** Just these customers; the rest but members does not count */
  external_userids?: string[];
}

export interface AdminMassCountIn {
  /** Whom; absent: all */
  filter?: MassFilter;
}

export interface AdminMassCountOut {
  /** How many would get it */
  customers: number;
  /** From how many members */
  members: number;
  /** There are more than were counted */
  more: boolean;
}

export interface AdminMassCreateIn {
  /** Whom; absent: all */
  filter?: MassFilter;
  /** At most 4000 bytes; {customer_name}, {member_name} */
  text?: string;
  /** At most 9 */
  attachments?: Attachment[];
  /** Members may leave customers out */
  allow_select?: boolean;
}

export interface AdminMassCustomersIn {
  /** Its name */
  mass: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 100 if absent */
  limit?: number;
  /** This member's only */
  userid?: string;
}

export interface MassTarget {
  /** The customer; a group's chat_id */
  external_userid: string;
  /** What he calls himself */
  name: string;
  /** What the member calls him */
  remark?: string;
  /** For GET /v1/avatar */
  avatar: string;
  /** The member */
  userid: string;
  /** unsent, sent, gone (no customer any more), enough (got others) or left_out */
  status: string;
  /** Unix milliseconds */
  sent?: number;
}

export interface AdminMassCustomersOut {
  /** By member and customer */
  targets: MassTarget[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminMassesIn {
  /** Members' own; the company's if absent */
  personal?: boolean;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 20 if absent */
  limit?: number;
}

export interface AdminMassesOut {
  /** Newest first */
  masses: Mass[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminMassCsvIn {
  /** Its name */
  mass: string;
  /** members or customers (if absent) */
  of?: string;
}

export interface AdminMassTasksIn {
  /** Its name */
  mass: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 100 if absent */
  limit?: number;
}

export interface AdminMassTaskItem {
  /** The member */
  userid: string;
  /** His name */
  name: string;
  /** asked, sending, sent, ignored, paused or cancelled */
  state: string;
  /** His customers in it */
  targets: number;
  /** Who has got it */
  sent: number;
  /** Who could not */
  failed: number;
  /** When last reminded */
  reminded?: number;
  /** When confirmed or ignored */
  decided?: number;
  /** When all was sent */
  done?: number;
}

export interface AdminMassTasksOut {
  /** By member */
  tasks: AdminMassTaskItem[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminMemberIn {
  /** The member */
  userid: string;
}

export interface AdminMemberPasswordOut {
  /** To be told to him; shown this once */
  password: string;
}

export interface AdminMembersIn {
  /** Part of a name, userid or mobile number */
  q?: string;
  /** Of it and all below */
  department?: number;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AdminDepartmentName {
  /** The department */
  id: number;
  /** What it is called */
  name: string;
}

export interface AdminMember {
  /** His name within the company */
  userid: string;
  /** What people call him */
  name: string;
  /** What he does */
  position: string;
  /** Mobile number */
  mobile: string;
  /** E-mail address */
  email: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** 1 active, 2 disabled, 4 not activated */
  status: number;
  /** May use the console */
  admin: boolean;
  /** May have customers */
  serves_customers: boolean;
  /** His customers */
  customers: number;
  /** Where he stands */
  departments: AdminDepartmentName[];
}

export interface AdminMembersOut {
  /** By time of adding */
  members: AdminMember[];
  /** For the next page; absent at the end */
  next_cursor?: string;
  /** In the department or company, whatever q says */
  total: number;
}

export interface ImportErrorItem {
  /** Of the file */
  line: number;
  /** Which column; empty: the row */
  column: string;
  /** What is wrong */
  message: string;
}

export interface AdminImportOut {
  /** New members */
  added: number;
  /** Members that were changed */
  changed: number;
  /** Members that were so already */
  unchanged: number;
  /** Rows left out */
  failed: number;
  /** New departments */
  departments: number;
  /** Why rows were left out */
  errors: ImportErrorItem[];
  /** Columns nobody knows */
  ignored: string[];
}

export interface AdminMomentGetIn {
  /** The moment */
  moment_id: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** Members; 100 if absent */
  limit?: number;
}

export interface MomentImage {
  /** Pixels, 0 unknown */
  width: number;
  /** Pixels, 0 unknown */
  height: number;
}

export interface MomentLink {
  /** Title */
  title: string;
  /** Where it leads */
  url: string;
}

export interface Comment {
  /** The comment */
  comment: string;
  /** Who says it */
  from: Who;
  /** What */
  text: string;
  /** Unix milliseconds */
  time: number;
  /** The viewer said it */
  mine: boolean;
  /** The comment it answers, 0 none */
  reply_to: string;
}

export interface Moment {
  /** Its name; empty in the console's list */
  post: string;
  /** The moment */
  moment_id: string;
  /** The company */
  corp: Corp;
  /** Whose it is */
  from?: Who;
  /** corp or own */
  kind: string;
  /** waits, published or deleted; in the console giving, open or cancelled */
  status: string;
  /** Published, or made; Unix milliseconds */
  time: number;
  /** Words */
  text: string;
  /** GET /v1/moment/file with at=0 … */
  images: MomentImage[];
  /** A film; GET /v1/moment/file */
  video: boolean;
  /** A link; its picture by GET /v1/moment/file */
  link?: MomentLink;
  /** Labels of whom it is for; members only, empty: all */
  tags?: string[];
  /** The viewer likes it */
  liked: boolean;
  /** Who likes it; members only */
  likes?: Who[];
  /** Oldest first */
  comments: Comment[];
}

export interface AdminMoment {
  /** The moment */
  moment: Moment;
  /** Who have it */
  members: number;
  /** Of them, who have published it */
  published: number;
  /** In all */
  likes: number;
  /** In all */
  comments: number;
}

export interface MomentMember {
  /** Who */
  member: Who;
  /** waits, published or deleted */
  status: string;
  /** Unix milliseconds, 0 not yet */
  published: number;
  /** Under his post */
  likes: number;
  /** Under his post */
  comments: number;
}

export interface AdminMomentGetOut {
  /** The moment */
  moment: AdminMoment;
  /** Who have it */
  members: MomentMember[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminMomentCancelIn {
  /** The moment */
  moment_id: string;
}

export interface MomentLinkGiven {
  /** Title */
  title?: string;
  /** Where it leads */
  url: string;
  /** Its picture, from /v1/moment/upload */
  media_id: string;
}

export interface AdminMomentCreateIn {
  /** Words */
  text?: string;
  /** media_ids of /v1/moment/upload, at most 9 */
  images?: string[];
  /** Or the media_id of a film */
  video?: string;
  /** Or a link */
  link?: MomentLinkGiven;
  /** Only for customers with one of these labels; absent: all */
  tags?: string[];
  /** userids of who shall publish it */
  users?: string[];
  /** Departments; neither: all, or by tags */
  parties?: number[];
}

export interface AdminMomentCreateOut {
  /** The moment */
  moment_id: string;
}

export interface AdminMomentFileIn {
  /** The moment */
  moment_id: string;
  /** Which picture; 0 if absent */
  at?: number;
}

export interface AdminMomentsIn {
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 20 if absent */
  limit?: number;
}

export interface AdminMomentsOut {
  /** The corp's and members' own, newest first */
  moments: AdminMoment[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface AdminOverviewOut {
  /** Who has not left */
  members: number;
  /** Of them, who has signed in */
  active_members: number;
  /** Customers of the company */
  customers: number;
  /** Business apps */
  apps: number;
  /** Since midnight of the server */
  messages_today: number;
  /** Callbacks yet to be delivered */
  callbacks_waiting: number;
  /** Callbacks given up */
  callbacks_parked: number;
  /** Of the server */
  version: string;
}

export interface ProductDeleteIn {
  /** The product */
  product_id: string;
}

export interface ProductSaveIn {
  /** Of the one to change; absent: a new one */
  product_id?: string;
  /** Name and merits */
  description: string;
  /** In fen */
  price: number;
  /** Letters and digits */
  product_sn?: string;
  /** Pictures, from /v1/admin/product/upload; 1 to 9 */
  media_ids: string[];
}

export interface Product {
  /** The product */
  product_id: string;
  /** Name and merits */
  description: string;
  /** In fen */
  price: number;
  /** The corp's number for it */
  product_sn: string;
  /** For GET /v1/avatar */
  pictures: string[];
  /** To give them again */
  media_ids: string[];
  /** Unix milliseconds */
  created: number;
}

export interface ProductSaveOut {
  /** As it is now */
  product: Product;
}

export interface ProductUploadOut {
  /** For a product within three days */
  media_id: string;
  /** For GET /v1/avatar */
  picture: string;
}

export interface ReplyView {
  /** Its id */
  reply: string;
  /** The member's own; else the company's */
  mine: boolean;
  /** Its group, empty for none */
  group: string;
  /** Its title, empty for none */
  title: string;
  /** What it says */
  text: string;
  /** As given */
  attachments: unknown;
  /** Unix milliseconds */
  changed: number;
}

export interface ReplyListOut {
  /** By age */
  replies: ReplyView[];
}

export interface ReplyRemoveIn {
  /** Which */
  reply: string;
}

export interface ReplyWriteIn {
  /** Which; absent: a new one */
  reply?: string;
  /** Its group */
  group?: string;
  /** Its title */
  title?: string;
  /** What it says */
  text?: string;
  /** At most 9 */
  attachments?: Attachment[];
}

export interface ReplyWriteOut {
  /** As it is now */
  reply: ReplyView;
}

export interface AdminReportCloseIn {
  /** Which */
  report: string;
  /** What came of it */
  note?: string;
}

export interface AdminReportsIn {
  /** Only those still open */
  open?: boolean;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AdminReport {
  /** Which */
  report: string;
  /** Unix milliseconds */
  created: number;
  /** Who reports */
  external_userid: string;
  /** His name */
  customer: string;
  /** Whom; empty for a group */
  userid: string;
  /** His name */
  member: string;
  /** spam, fraud … */
  reason: string;
  /** What happened */
  words: string;
  /** As they were: [{seq, time, by_customer, type, text}] */
  messages: unknown;
  /** Nobody has closed it */
  open: boolean;
  /** Unix milliseconds; 0: open */
  closed: number;
  /** member:admin */
  closed_by: string;
  /** What came of it */
  note: string;
}

export interface AdminReportsOut {
  /** Newest first */
  reports: AdminReport[];
  /** For the next page; absent at the end */
  next_cursor?: string;
  /** How many are open */
  open: number;
}

export interface AdminServiceCreateIn {
  /** Its name for customers */
  name: string;
}

export interface Target {
  /** A member, or */
  userid?: string;
  /** a department */
  department?: number;
  /** Its name */
  name: string;
  /** He receives nobody just now */
  stopped?: boolean;
}

export interface AdminAccount {
  /** Its name for apps */
  open_kfid: string;
  /** Its name for customers */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** The end of its link */
  code: string;
  /** Its link */
  url: string;
  /** Who answers first: 0 an app, 1 the bot, 2 people */
  first: number;
  /** 0 servicers take, 1 in turn, 2 the least busy */
  routing: number;
  /** Who served him before goes first */
  prefers_last: boolean;
  /** Of one servicer at once, 0 without bound */
  max_sessions: number;
  /** A customer's silence that ends it, 0 never */
  silence_s: number;
  /** How sure the bot must be, percent */
  threshold: number;
  /** offset_min and spans of days, from, to in minutes; {}: always */
  hours: unknown;
  /** First words */
  welcome: string;
  /** Outside the hours */
  away_words: string;
  /** Last words */
  end_words: string;
  /** The customer is asked how it was */
  asks_rating: boolean;
  /** Apps that manage it */
  agentids: number[];
  /** Who serves */
  servicers: Target[];
  /** Unix milliseconds */
  created: number;
}

export interface AdminServiceCreateOut {
  /** The account */
  account: AdminAccount;
}

export interface AdminServiceDeleteIn {
  /** The account */
  open_kfid: string;
}

export interface AdminServiceUpdateIn {
  /** The account */
  open_kfid: string;
  /** Its name for customers */
  name?: string;
  /** Who answers first: 0 an app, 1 the bot, 2 people */
  first?: number;
  /** 0 servicers take, 1 in turn, 2 the least busy */
  routing?: number;
  /** Who served him before goes first */
  prefers_last?: boolean;
  /** Of one servicer at once, 0 without bound */
  max_sessions?: number;
  /** A customer's silence that ends it, 0 never */
  silence_s?: number;
  /** How sure the bot must be, percent */
  threshold?: number;
  /** offset_min and spans of days, from, to in minutes; {}: always */
  hours?: unknown;
  /** First words */
  welcome?: string;
  /** Outside the hours */
  away_words?: string;
  /** Last words */
  end_words?: string;
  /** The customer is asked how it was */
  asks_rating?: boolean;
  /** Apps that manage it; all of them */
  agentids?: number[];
  /** Members who serve; all of them */
  userids?: string[];
  /** Departments that serve; all of them */
  departments?: number[];
}

export interface AdminServiceAccountsOut {
  /** By making */
  accounts: AdminAccount[];
}

export interface Question {
  /** Its id */
  intent: string;
  /** What is asked */
  question: string;
  /** Or so */
  similars: string[];
  /** What the bot answers */
  answer: string;
}

export interface AdminKnowledgeOut {
  /** In order of making */
  questions: Question[];
}

export interface AdminKnowledgeDropIn {
  /** The question */
  intent: string;
}

export interface AdminKnowledgePutIn {
  /** The one to change; a new one if absent */
  intent?: string;
  /** What is asked */
  question: string;
  /** Or so */
  similars?: string[];
  /** What the bot answers */
  answer: string;
}

export interface AdminServiceStatsIn {
  /** The account */
  open_kfid: string;
  /** With today; 7 if absent */
  days?: number;
}

export interface ServiceDay {
  /** Midnight, Unix milliseconds */
  day: number;
  /** Consultations begun */
  sessions: number;
  /** Customers who asked */
  customers: number;
  /** Their messages */
  customer_messages: number;
  /** Messages of servicers */
  servicer_messages: number;
  /** Consultations served by people */
  served: number;
  /** Of these, replied to */
  replied: number;
  /** Seconds until then, all together */
  first_reply_s: number;
  /** Asked how it was */
  asked: number;
  /** Who said so */
  rated: number;
  /** Of 1 to 5 */
  rating_sum: number;
  /** 4 and 5 */
  good: number;
  /** 3 */
  fair: number;
  /** 1 and 2 */
  bad: number;
  /** Answered by the bot */
  ai_sessions: number;
  /** Of these, passed to people */
  ai_passed: number;
  /** Questions to the bot */
  ai_asked: number;
  /** Of these, answered */
  ai_answered: number;
}

export interface ServiceMemberStat {
  /** Who served */
  userid: string;
  /** His name */
  name: string;
  /** Consultations begun */
  sessions: number;
  /** Customers who asked */
  customers: number;
  /** Their messages */
  customer_messages: number;
  /** Messages of servicers */
  servicer_messages: number;
  /** Consultations served by people */
  served: number;
  /** Of these, replied to */
  replied: number;
  /** Seconds until then, all together */
  first_reply_s: number;
  /** Asked how it was */
  asked: number;
  /** Who said so */
  rated: number;
  /** Of 1 to 5 */
  rating_sum: number;
  /** 4 and 5 */
  good: number;
  /** 3 */
  fair: number;
  /** 1 and 2 */
  bad: number;
  /** Answered by the bot */
  ai_sessions: number;
  /** Of these, passed to people */
  ai_passed: number;
  /** Questions to the bot */
  ai_asked: number;
  /** Of these, answered */
  ai_answered: number;
}

export interface AdminServiceStatsOut {
  /** Day by day */
  days: ServiceDay[];
  /** By whom they were served, over these days */
  members: ServiceMemberStat[];
}

export interface AdminServiceUpgradeOut {
  /** Members who may be recommended */
  userids: string[];
  /** Departments */
  departments: number[];
  /** Customer groups */
  chat_ids: string[];
}

export interface AdminSettingSetIn {
  /** Of the list */
  name: string;
  /** Within its bounds */
  value: number;
}

export interface SettingItem {
  /** Its name */
  name: string;
  /** What holds now */
  value: number;
  /** What holds if nobody chooses */
  preset: number;
  /** At least; 0 and 1 are a flag's */
  min: number;
  /** At most */
  max: number;
  /** What it is, in English */
  en: string;
  /** What it is, in Chinese */
  zh: string;
}

export interface AdminSettingsOut {
  /** All there are */
  settings: SettingItem[];
}

export interface WayHours {
  /** Who; or */
  userid?: string;
  /** which department */
  party?: number;
  /** Bit 0 Monday … bit 6 Sunday */
  days: number;
  /** Minutes of the day */
  from: number;
  /** Before `from`: over midnight */
  to: number;
}

export interface AdminWayPutIn {
  /** Which to change; absent: a new one */
  id?: string;
  /** Of a new one: corp or link */
  kind?: string;
  /** Its name, at most 30 characters */
  remark?: string;
  /** Kept with who comes by it */
  state?: string;
  /** Members need not accept */
  skip_verify?: boolean;
  /** Takes nobody at the moment */
  disabled?: boolean;
  /** 0 in turn, 1 the least busy, 2 on duty */
  routing?: number;
  /** Who served him before comes first */
  keeps_member?: boolean;
  /** Outside the shifts nobody is added */
  off_duty_none?: boolean;
  /** In all; 0 no bound */
  max_customers?: number;
  /** Of each member; 0 no bound */
  max_a_day?: number;
  /** userids; replaces */
  users?: string[];
  /** Departments; replaces */
  parties?: number[];
  /** Replaces */
  shifts?: WayHours[];
}

export interface WayPerson {
  /** His userid */
  userid: string;
  /** His name */
  name: string;
  /** Customers he got by it today */
  today: number;
  /** And ever */
  total: number;
}

export interface AdminWay {
  /** Its name for these rows */
  id: string;
  /** corp, app or link */
  kind: string;
  /** The end of the link */
  code: string;
  /** The link */
  url: string;
  /** Customers who came by it */
  added: number;
  /** Unix milliseconds */
  created: number;
  /** Its name, at most 30 characters */
  remark?: string;
  /** Kept with who comes by it */
  state?: string;
  /** Members need not accept */
  skip_verify?: boolean;
  /** Takes nobody at the moment */
  disabled?: boolean;
  /** 0 in turn, 1 the least busy, 2 on duty */
  routing?: number;
  /** Who served him before comes first */
  keeps_member?: boolean;
  /** Outside the shifts nobody is added */
  off_duty_none?: boolean;
  /** In all; 0 no bound */
  max_customers?: number;
  /** Of each member; 0 no bound */
  max_a_day?: number;
  /** Members */
  users: WayPerson[];
  /** Departments */
  parties: number[];
  /** Who is on duty when */
  shifts: WayHours[];
}

export interface AdminWayPutOut {
  /** As it is now */
  way: AdminWay;
}

export interface AdminWayDropIn {
  /** Which */
  id: string;
}

export interface WayDay {
  /** Days since 1970 */
  day: string;
  /** Who opened it, each once */
  clicks: number;
  /** Who came by it */
  adds: number;
}

export interface AdminWayDaysOut {
  /** The last 30 that have any */
  days: WayDay[];
}

export interface AdminWaysIn {
  /** corp, app or link */
  kind: string;
  /** next_cursor of the page before */
  cursor?: string;
}

export interface AdminWaysOut {
  /** Newest first */
  ways: AdminWay[];
  /** Absent at the end */
  next_cursor?: string;
}

export interface WelcomeDropIn {
  /** Which */
  rule: string;
}

export interface WelcomePutIn {
  /** Which; absent: a new one */
  rule?: string;
  /** For administrators */
  name?: string;
  /** It holds; if absent it does */
  enabled?: boolean;
  /** Bits: Monday 1; if absent all */
  days?: number;
  /** Minute of the day it begins */
  from_min?: number;
  /** When it ends; the same: all day */
  until_min?: number;
  /** {customer}, {member} and {company} are filled in */
  text?: string;
  /** At most 9 */
  attachments?: Attachment[];
  /** userids */
  users?: string[];
  /** Departments */
  parties?: number[];
}

export interface WelcomeUser {
  /** The member */
  userid: string;
  /** His name */
  name: string;
}

export interface WelcomeParty {
  /** The department */
  id: number;
  /** Its name */
  name: string;
}

export interface WelcomeRuleView {
  /** Its id */
  rule: string;
  /** For administrators */
  name: string;
  /** It holds */
  enabled: boolean;
  /** Bits: Monday 1, Sunday 64 */
  days: number;
  /** Minute of the day it begins */
  from_min: number;
  /** When it ends; the same: all day */
  until_min: number;
  /** {customer}, {member} and {company} are filled in */
  text: string;
  /** As given */
  attachments: unknown;
  /** For these */
  users: WelcomeUser[];
  /** And for these; none at all: for everybody */
  parties: WelcomeParty[];
  /** Unix milliseconds */
  changed: number;
}

export interface WelcomePutOut {
  /** As it is now */
  rule?: WelcomeRuleView;
}

export interface WelcomeListOut {
  /** Newest first */
  rules: WelcomeRuleView[];
}

export interface AdminWordGetIn {
  /** Which */
  rule: string;
}

export interface WordUser {
  /** The member */
  userid: string;
  /** His name */
  name: string;
}

export interface WordParty {
  /** The department */
  id: number;
  /** Its name */
  name: string;
}

export interface AdminWord {
  /** Its id */
  rule: string;
  /** Its name */
  name: string;
  /** What is not to be said */
  words: string[];
  /** 1 mobile number, 2 e-mail address, 3 red packet */
  semantics: number[];
  /** 1 stops the message, 2 warns */
  intercept: number;
  /** Holds for these */
  users: WordUser[];
  /** And for all in or below these */
  parties: WordParty[];
  /** Unix milliseconds */
  created: number;
}

export interface AdminWordGetOut {
  /** As it is now */
  rule: AdminWord;
}

export interface AdminWordHitsIn {
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface AdminWordHit {
  /** Unix milliseconds */
  at: number;
  /** The rule */
  rule: string;
  /** Its name; empty when it is deleted */
  name: string;
  /** What he was warned of */
  word: string;
  /** Who sent it all the same */
  user: WordUser;
}

export interface AdminWordHitsOut {
  /** Newest first */
  hits: AdminWordHit[];
  /** Absent at the end */
  next_cursor?: string;
}

export interface AdminWordPutIn {
  /** Which to change; absent: a new one */
  rule?: string;
  /** 1 to 20 characters, unique */
  name: string;
  /** At most 300 of 1 to 32 characters; replaces */
  words?: string[];
  /** 1 mobile number, 2 e-mail address, 3 red packet; replaces */
  semantics?: number[];
  /** 1 stops, 2 warns */
  intercept: number;
  /** userids; replaces */
  users?: string[];
  /** Departments; replaces */
  parties?: number[];
}

export interface AdminWordsOut {
  /** Oldest first */
  rules: AdminWord[];
}

export interface AppOpenIn {
  /** The app */
  agentid: number;
}

export interface AppOpenOut {
  /** The chat with it */
  chat: Chat;
}

export interface DeskApp {
  /** The app */
  agentid: number;
  /** What it is called */
  name: string;
  /** What it does */
  description: string;
  /** For GET /v1/avatar; empty without one */
  logo: string;
  /** The member's chat with it, when there is one */
  chat?: string;
}

export interface AppsOut {
  /** By agentid */
  apps: DeskApp[];
}

export interface AvatarIn {
  /** As avatar fields give it */
  id: string;
}

export interface BlockIn {
  /** The company */
  corpid: string;
  /** Only him, as in /v1/companies; absent: all */
  person?: string;
}

export interface CardIn {
  /** The end of the link */
  code: string;
  /** What the link says behind ?by= */
  by?: string;
}

export interface CardOut {
  /** Whom the code leads to */
  card: Card;
  /** The chat with him, when he was added already */
  chat?: string;
  /** The customer who passed the card on */
  shared_by?: string;
  /** The member is asked, and answers later */
  asks: boolean;
  /** What the visitor asked for already */
  request?: string;
  /** Of it: waiting or refused */
  status?: string;
  /** To be solved before adding: many people use this code just now */
  puzzle?: string;
}

export interface CardSeenIn {
  /** The end of the link */
  code: string;
  /** customer_channel of its URL */
  channel?: string;
}

export interface CardShareIn {
  /** The chat with the employee */
  chat: string;
}

export interface CardShareOut {
  /** The link to pass on; it says who shared */
  url: string;
  /** What is seen behind it */
  card: Card;
}

export interface ChatIn {
  /** The chat's name */
  chat: string;
}

export interface ChatOut {
  /** The chat */
  chat: Chat;
}

export interface ChatFileIn {
  /** The chat's name */
  chat: string;
  /** The message's number */
  seq: number;
  /** As an attachment in any case */
  download?: boolean;
}

export interface MessagesIn {
  /** The chat's name */
  chat: string;
  /** Messages after this seq, oldest first */
  after?: number;
  /** Or the last ones before it; both absent: the newest */
  before?: number;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface Message {
  /** The chat's name */
  chat: string;
  /** Dense within the chat, from 1 */
  seq: number;
  /** Unique */
  msgid: string;
  /** Unix milliseconds */
  time: number;
  /** The sender */
  from: Who;
  /** The viewer sent it */
  mine: boolean;
  /** text, image, file, textcard, markdown, system */
  type: string;
  /** By type */
  body: unknown;
  /** The sender's own; only when mine */
  nonce?: string;
  /** For members, when not written by hand: welcome, mass, api, handover or automatic */
  via?: string;
}

export interface MessagesOut {
  /** By seq, ascending */
  messages: Message[];
  /** There are more in that direction */
  has_more: boolean;
}

export interface ReadIn {
  /** The chat's name */
  chat: string;
  /** What is read; only ever grows */
  seq: number;
}

export interface SendIn {
  /** Made by the client; a repeat adds nothing */
  nonce: string;
  /** The chat's name */
  chat: string;
  /** text */
  type: string;
  /** By type: {"content":…} */
  body: unknown;
  /** Though a sensitive word warns */
  anyway?: boolean;
}

export interface SendOut {
  /** Its number in the chat */
  seq: number;
  /** Unique */
  msgid: string;
  /** Unix milliseconds */
  time: number;
}

export interface UploadIn {
  /** The chat's name */
  chat: string;
  /** Made by the client; a repeat adds nothing */
  nonce: string;
  /** image or file */
  type: string;
  /** Though a sensitive word warns */
  anyway?: boolean;
}

export interface UploadOut {
  /** Its number in the chat */
  seq: number;
  /** Unique */
  msgid: string;
  /** Unix milliseconds */
  time: number;
}

export interface ChatsIn {
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface ChatsOut {
  /** Newest change first */
  chats: Chat[];
  /** For the next page; absent at the end */
  next_cursor?: string;
  /** The newest change among them */
  stamp: string;
}

export interface CompanyPerson {
  /** Stable, for block and unblock */
  person: string;
  /** Who serves him */
  name: string;
  /** What he does */
  position: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** The chat with him */
  chat?: string;
  /** active, left (by the consumer), ended or blocked */
  status: string;
  /** Unix milliseconds */
  added: number;
  /** How: 1 a code, 3 a card, 202 handed over … */
  add_way: number;
  /** In the chat */
  messages: number;
}

export interface CompanyGroup {
  /** The group's chat */
  chat: string;
  /** group or service */
  kind: string;
  /** As his list of chats has it; may be empty */
  name: string;
  /** In the chat */
  messages: number;
  /** Takes no messages any more */
  closed: boolean;
}

export interface CompanyView {
  /** The company */
  corp: Corp;
  /** Customer since; 0: not any more */
  since: number;
  /** He has shut out all of it */
  blocked: boolean;
  /** In all chats with it */
  messages: number;
  /** Who serves or served him */
  people: CompanyPerson[];
  /** Groups he is in */
  groups: CompanyGroup[];
}

export interface CompaniesOut {
  /** Those who serve him, and those he has shut out */
  companies: CompanyView[];
}

export interface CompanyIn {
  /** The company */
  corpid: string;
}

export interface CompanyHolds {
  /** His name there */
  name: string;
  /** His picture there */
  avatar: string;
  /** When it began */
  since: number;
  /** Labels that were put on him */
  labels: string[];
  /** Employees keep notes of their own on him: to be asked of the company */
  notes: boolean;
}

export interface CompanyOut {
  /** The company */
  company: CompanyView;
  /** What it has of him */
  holds: CompanyHolds;
}

export interface CompanyExportIn {
  /** The company */
  corpid: string;
  /** zh or en: the language of its pages */
  lang?: string;
}

export interface CustomerIn {
  /** The customer */
  external_userid: string;
}

export interface FollowTag {
  /** The label */
  tag_id: string;
  /** Its name */
  name: string;
  /** Its group's */
  group_name: string;
}

export interface Follow {
  /** The customer */
  external_userid: string;
  /** What he calls himself */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** What the member calls him */
  remark: string;
  /** What the member knows of him */
  description: string;
  /** His company */
  remark_company: string;
  /** His numbers */
  remark_mobiles: string[];
  /** Labels */
  tags: FollowTag[];
  /** The member's own labels */
  personal_tags: string[];
  /** Of the contact way he came by */
  state: string;
  /** How he came: 1 by a code */
  add_way: number;
  /** The corp's name for that way */
  way_remark: string;
  /** When he was added, Unix milliseconds */
  created: number;
  /** The chat with him */
  chat: string;
  /** Messages the member has not read */
  unread: number;
  /** active, deleted (by the member), left or transferred */
  status: string;
  /** add_way 3: the customer who passed the card on */
  shared_by?: string;
  /** The member has shut him out of the company */
  blocked?: boolean;
}

export interface CustomerOut {
  /** The customer */
  customer: Follow;
}

export interface CustomerBlockIn {
  /** The customer */
  external_userid: string;
}

export interface CustomerCardsIn {
  /** The customer */
  external_userid: string;
}

export interface CardField {
  /** What it is */
  name: string;
  /** What it says */
  value: string;
}

export interface CustomerCard {
  /** The app's own id */
  card_id: string;
  /** The app */
  agentid: number;
  /** Its name */
  app: string;
  /** Title */
  title: string;
  /** Lines */
  fields: CardField[];
  /** A badge; empty for none */
  status: string;
  /** gray, blue, green, orange or red */
  color: string;
  /** Where it leads; empty for nowhere */
  url: string;
  /** Unix milliseconds */
  changed: number;
}

export interface CustomerCardsOut {
  /** Last changed first */
  cards: CustomerCard[];
}

export interface CustomerColleaguesIn {
  /** The customer */
  external_userid: string;
}

export interface Colleague {
  /** A colleague */
  who: Who;
  /** Since when, Unix milliseconds */
  created: number;
}

export interface CustomerColleaguesOut {
  /** The corp lets employees see each other here */
  allowed: boolean;
  /** Who serves him, too */
  colleagues: Colleague[];
}

export interface HistoryIn {
  /** The customer */
  external_userid: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 30 if absent */
  limit?: number;
}

export interface History {
  /** Unix milliseconds */
  time: number;
  /** added tagged assigned handed_over refused failed deleted left, of the ledger; noted welcome mass card …, of core/customer/history.h */
  kind: string;
  /** Who did it: a member's or an app's name, or empty */
  by: string;
  /** member, app, consumer, operator or system */
  by_kind: string;
  /** Whose relation it concerns: his name */
  member?: string;
  /** Of a handover: the successor's name */
  other?: string;
  /** More of it */
  text?: string;
  /** Where it leads */
  url?: string;
  /** noted: which */
  fields?: string[];
}

export interface HistoryOut {
  /** Newest first */
  items: History[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface CustomerPersonalIn {
  /** The customer */
  external_userid: string;
  /** All the member's own labels on him from now on */
  personal_tags: string[];
}

export interface CustomerPersonalOut {
  /** The customer */
  customer: Follow;
}

export interface CustomerNoteIn {
  /** The customer */
  external_userid: string;
  /** What the member calls him */
  remark?: string;
  /** What the member knows of him */
  description?: string;
  /** His company */
  remark_company?: string;
  /** His numbers; replaces */
  remark_mobiles?: string[];
}

export interface RemarkPicIn {
  /** The customer */
  external_userid: string;
}

export interface CustomerTagsIn {
  /** The customer */
  external_userid: string;
  /** All his labels from now on */
  tag_ids: string[];
}

export interface CustomersIn {
  /** Words: each is in his name, remark, company, description or numbers */
  q?: string;
  /** Labels' ids, with commas between */
  tags?: string;
  /** One of the labels is enough */
  any_tag?: boolean;
  /** None of these labels */
  no_tags?: string;
  /** The member's own label */
  personal_tag?: string;
  /** Added then or later, Unix milliseconds */
  from?: number;
  /** Added before that */
  until?: number;
  /** How he came: 1 by a code, 202 handed over */
  add_way?: number;
  /** The contact way's state */
  state?: string;
  /** active (if absent), deleted, left or transferred */
  status?: string;
  /** Has messages the member has not read */
  unread?: boolean;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface CustomersOut {
  /** Newest first */
  customers: Follow[];
  /** For the next page; absent at the end */
  next_cursor?: string;
  /** A strategy lets him take the list as a file */
  may_export: boolean;
}

export interface GroupIn {
  /** The group's chat */
  chat: string;
}

export interface GroupPerson {
  /** The person */
  who: Who;
  /** His name in this group, empty for none */
  nickname: string;
  /** owner, admin, member or customer */
  role: string;
  /** It is the viewer */
  self: boolean;
  /** Unix milliseconds */
  joined: number;
  /** 1 invited, 2 by a link, 3 by a code */
  scene: number;
  /** Who invited; members only */
  invitor?: string;
  /** Of the code he came by; members only */
  state?: string;
}

export interface GroupOut {
  /** The group */
  group: Group;
  /** Who is in it: members first */
  persons: GroupPerson[];
}

export interface GroupPutAdminIn {
  /** The group's chat */
  chat: string;
  /** A member who is in it */
  userid: string;
  /** Shall he help to run it? */
  admin: boolean;
}

export interface GroupCardOfIn {
  /** The end of the link */
  code: string;
}

export interface GroupCard {
  /** The group */
  name: string;
  /** The company */
  corp: Corp;
  /** Whose it is */
  owner: Who;
  /** How many are in it */
  members: number;
  /** The code */
  code: string;
  /** Nobody can come any more */
  full: boolean;
}

export interface GroupCardOfOut {
  /** Where the code leads */
  card: GroupCard;
  /** Its chat, when the viewer is in it already */
  chat?: string;
}

export interface GroupCodeIn {
  /** The group's chat */
  chat: string;
}

export interface GroupCodeOut {
  /** For GET /v1/code.svg */
  code: string;
  /** Its link */
  url: string;
  /** Unix milliseconds; 0 never */
  expires: number;
}

export interface GroupCreateIn {
  /** Absent: the member's own */
  name?: string;
  /** Customers */
  external_userids?: string[];
  /** Colleagues */
  userids?: string[];
}

export interface GroupCreateOut {
  /** Its chat */
  chat: Chat;
  /** How many came */
  count: number;
}

export interface GroupEndIn {
  /** The group's chat */
  chat: string;
}

export interface GroupUntwiceOut {
  /** How many came or went */
  count: number;
}

export interface GroupInviteIn {
  /** The group's chat */
  chat: string;
  /** Customers */
  external_userids?: string[];
  /** Colleagues */
  userids?: string[];
}

export interface GroupInviteOut {
  /** How many came or went */
  count: number;
}

export interface GroupJoinIn {
  /** The end of the link */
  code: string;
  /** Needed the first time */
  nickname?: string;
}

export interface GroupJoinOut {
  /** The group's chat */
  chat: Chat;
  /** The consumer */
  me: Me;
}

export interface GroupNicknameIn {
  /** The group's chat */
  chat: string;
  /** Empty: none */
  nickname?: string;
}

export interface GroupPutNoticeIn {
  /** The group's chat */
  chat: string;
  /** Empty: none */
  notice?: string;
}

export interface GroupPutOwnerIn {
  /** The group's chat */
  chat: string;
  /** Who follows as its owner */
  userid: string;
}

export interface GroupSetNameIn {
  /** The group's chat */
  chat: string;
  /** Its new name */
  name: string;
}

export interface GroupPutWelcomeIn {
  /** The group's chat */
  chat: string;
  /** What newcomers are sent; empty: nothing */
  template_id?: string;
}

export interface GroupWelcomeMakeIn {
  /** %NICKNAME% becomes the names of who came */
  text: string;
}

export interface GroupWelcomeMakeOut {
  /** The template */
  template_id: string;
}

export interface GroupWelcome {
  /** The template */
  template_id: string;
  /** %NICKNAME% becomes the names of who came */
  text: string;
  /** image, link, miniprogram, video, file */
  attachment?: string;
  /** An app made it */
  by_app: boolean;
}

export interface GroupWelcomesOut {
  /** Newest first */
  welcomes: GroupWelcome[];
}

export interface GroupsIn {
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface GroupsOut {
  /** By creation */
  groups: Group[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface HandoverRefusalIn {
  /** The chat that was handed over */
  chat: string;
}

export interface InsightOut {
  /** All of it */
  all: InsightSumItem;
  /** By day */
  days: InsightDayItem[];
}

export interface LeaveIn {
  /** The chat with the member */
  chat: string;
}

export interface MassTaskIn {
  /** Its name */
  mass: string;
}

export interface MassTask {
  /** The mass message */
  message: Mass;
  /** asked, sending, sent, ignored, paused or cancelled */
  state: string;
  /** The text as the first of the customers reads it */
  preview: string;
  /** The member's customers in it */
  targets: number;
  /** Who has got it */
  sent: number;
  /** Who could not */
  failed: number;
  /** When last reminded */
  reminded?: number;
  /** When confirmed or ignored */
  decided?: number;
  /** When all was sent */
  done?: number;
}

export interface MassTaskOut {
  /** As it is now */
  task: MassTask;
}

export interface MassOwnCountIn {
  /** Whom; absent: all */
  filter?: MassFilter;
}

export interface MassOwnCountOut {
  /** How many would get it */
  customers: number;
  /** From how many members */
  members: number;
  /** There are more than were counted */
  more: boolean;
}

export interface MassOwnIn {
  /** Whom; absent: all of mine */
  filter?: MassFilter;
  /** At most 4000 bytes; {customer_name}, {member_name} */
  text?: string;
  /** At most 9 */
  attachments?: Attachment[];
  /** Though a sensitive word warns */
  anyway?: boolean;
}

export interface MassCustomersIn {
  /** Its name */
  mass: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 100 if absent */
  limit?: number;
}

export interface MassCustomersOut {
  /** In order */
  targets: MassTarget[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface MassSendIn {
  /** Its name */
  mass: string;
  /** Customers who are not to get it */
  leave_out?: string[];
}

export interface MassTasksIn {
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 20 if absent */
  limit?: number;
}

export interface MassTasksOut {
  /** Newest first */
  tasks: MassTask[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface MeOut {
  /** The signed-in person */
  me: Me;
}

export interface AccountPasskey {
  /** Its number */
  passkey: string;
  /** As the device called itself */
  name: string;
  /** Unix milliseconds */
  created: number;
  /** Unix milliseconds */
  used: number;
}

export interface MeAccountOut {
  /** w***@example.com; empty without one */
  email: string;
  /** This server can send codes */
  mail: boolean;
  /** His passkeys */
  passkeys: AccountPasskey[];
}

export interface EmailCodeIn {
  /** Where the code goes */
  email: string;
  /** zh or en: the language of the mail */
  lang?: string;
}

export interface EmailCodeOut {
  /** Given back with the code */
  proof: string;
}

export interface EmailVerifyIn {
  /** Of the code */
  proof: string;
  /** Six digits */
  code: string;
}

export interface EmailVerifyOut {
  /** Who this browser is now */
  me: Me;
  /** It was another, or nobody, before */
  changed: boolean;
}

export interface MeLanguageIn {
  /** zh, en, or empty: as the browser has it */
  language: string;
}

export interface MeNameIn {
  /** Shown to those who serve him */
  name: string;
}

export interface MePictureOut {
  /** The consumer */
  me: Me;
}

export interface FilePreviewIn {
  /** Of an attachment */
  media_id: string;
}

export interface FileUploadIn {
  /** image, video or file */
  type: string;
}

export interface FileUploadOut {
  /** For attachments; lives three days unless something keeps it */
  media_id: string;
  /** As asked */
  type: string;
  /** The file's name */
  name: string;
  /** Bytes */
  size: number;
  /** Of a picture */
  width: number;
  /** Of a picture */
  height: number;
}

export interface MomentOwnIn {
  /** Words */
  text?: string;
  /** media_ids of /v1/moment/upload, at most 9 */
  images?: string[];
  /** Or the media_id of a film */
  video?: string;
  /** Or a link */
  link?: MomentLinkGiven;
  /** Only for customers with one of these labels; absent: all */
  tags?: string[];
}

export interface MomentOwnOut {
  /** As it is now */
  moment: Moment;
}

export interface MomentAudienceIn {
  /** Of this one; or else of one with */
  post?: string;
  /** these labels; none: all */
  tags?: string[];
}

export interface MomentAudienceOut {
  /** How many would see it */
  customers: number;
  /** Some of them */
  some: Who[];
}

export interface MomentCommentIn {
  /** The moment's name */
  post: string;
  /** What to say */
  text: string;
  /** The comment it answers */
  reply_to?: string;
}

export interface MomentLikeOut {
  /** As it is now */
  moment: Moment;
}

export interface MomentCommentDropIn {
  /** The moment's name */
  post: string;
  /** One's own, or any under one's own post */
  comment: string;
}

export interface MomentPublishIn {
  /** The moment's name */
  post: string;
}

export interface MomentFileIn {
  /** The moment's name */
  post: string;
  /** Which picture; 0 if absent */
  at?: number;
}

export interface MomentLikeIn {
  /** The moment's name */
  post: string;
  /** Like it, or not any more */
  on: boolean;
}

export interface DeskMomentsIn {
  /** waits or published; published if absent */
  status?: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 20 if absent */
  limit?: number;
}

export interface DeskMomentsOut {
  /** Newest first */
  moments: Moment[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface MomentUploadIn {
  /** image or video */
  type: string;
}

export interface MomentUploadOut {
  /** For a moment within three days */
  media_id: string;
}

export interface MomentsIn {
  /** Of this company alone */
  corpid?: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 20 if absent */
  limit?: number;
}

export interface MomentsOut {
  /** Newest first */
  moments: Moment[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface MyCodeOut {
  /** The end of the link */
  code: string;
  /** The link */
  url: string;
  /** What a customer sees behind it */
  card: Card;
}

export interface MyWay {
  /** The end of the link */
  code: string;
  /** The link */
  url: string;
  /** What the member calls it */
  remark: string;
  /** Kept with who comes by it */
  state: string;
  /** Customers need not be accepted */
  skip_verify: boolean;
  /** Takes nobody at the moment */
  disabled: boolean;
  /** Customers who came by it */
  added: number;
  /** Unix milliseconds */
  created: number;
}

export interface MyWaysOut {
  /** Oldest first */
  codes: MyWay[];
}

export interface MyWayAddIn {
  /** At most 30 characters */
  remark?: string;
  /** At most 30 characters */
  state?: string;
  /** Customers need not be accepted */
  skip_verify?: boolean;
}

export interface MyWayDropIn {
  /** Which */
  code: string;
}

export interface MyWaySetIn {
  /** Which */
  code: string;
  /** At most 30 characters */
  remark?: string;
  /** At most 30 characters */
  state?: string;
  /** Customers need not be accepted */
  skip_verify?: boolean;
  /** Takes nobody at the moment */
  disabled?: boolean;
}

export interface Asked {
  /** Its name */
  request: string;
  /** waiting or refused */
  status: string;
  /** Whom he asked */
  card: Card;
  /** Unix milliseconds */
  time: number;
}

export interface MyRequestsOut {
  /** Asked for, and not accepted */
  requests: Asked[];
}

export interface PasskeyRegisterIn {
  /** Of the challenge */
  proof: string;
  /** clientDataJSON, base64url */
  client_data: string;
  /** getAuthenticatorData(), base64url */
  authenticator_data: string;
  /** getPublicKey(), base64url */
  public_key: string;
  /** getPublicKeyAlgorithm(): -7, -257 */
  algorithm: number;
  /** The device */
  name?: string;
}

export interface PasskeyChallengeOut {
  /** Given back with the answer */
  proof: string;
  /** base64url */
  challenge: string;
  /** The site */
  rp_id: string;
  /** base64url: the account's handle; signed in */
  user?: string;
}

export interface PasskeyForgetIn {
  /** Which */
  passkey: string;
}

export interface PasskeySignInIn {
  /** Of the challenge */
  proof: string;
  /** rawId, base64url */
  credential: string;
  /** clientDataJSON, base64url */
  client_data: string;
  /** authenticatorData, base64url */
  authenticator_data: string;
  /** signature, base64url */
  signature: string;
}

export interface PasswordIn {
  /** The password until now */
  old: string;
  /** The new one; other sessions end */
  new: string;
}

export interface PersonalTag {
  /** The label */
  name: string;
  /** On how many customers */
  customers: number;
}

export interface PersonalListOut {
  /** By name */
  personal_tags: PersonalTag[];
}

export interface ProductSendIn {
  /** The chat's name */
  chat: string;
  /** The product */
  product_id: string;
  /** Made by the client; a repeat adds nothing */
  nonce: string;
}

export interface ProductSendOut {
  /** Its number in the chat */
  seq: number;
  /** Unique */
  msgid: string;
  /** Unix milliseconds */
  time: number;
}

export interface ProductsIn {
  /** Is in its description or number */
  q?: string;
  /** next_cursor of the page before */
  cursor?: string;
  /** At most so many; 50 if absent */
  limit?: number;
}

export interface ProductsOut {
  /** Newest first */
  products: Product[];
  /** For the next page; absent at the end */
  next_cursor?: string;
}

export interface PushKeyOut {
  /** applicationServerKey, base64url */
  key: string;
}

export interface PushOnIn {
  /** PushSubscription.endpoint */
  endpoint: string;
  /** Its key p256dh, base64url */
  p256dh: string;
  /** Its key auth, base64url */
  auth: string;
  /** zh or en, when he has chosen no language yet */
  lang?: string;
}

export interface PushOffIn {
  /** Which */
  endpoint: string;
}

export interface ReplySayIn {
  /** Where */
  chat: string;
  /** The same sends nothing twice */
  nonce: string;
  /** Which */
  reply: string;
  /** Of the member's own */
  mine?: boolean;
  /** Also with a word that warns */
  anyway?: boolean;
}

export interface ReportIn {
  /** The chat it is about */
  chat: string;
  /** spam, fraud, harassment, illegal, privacy or other */
  reason: string;
  /** What happened */
  words?: string;
  /** Messages that show it */
  seqs?: number[];
}

export interface RequestIn {
  /** As the list names it */
  request: string;
}

export interface RequestAcceptedOut {
  /** The chat with the customer */
  chat: Chat;
}

export interface Request {
  /** Its name */
  request: string;
  /** The customer */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** What he says of himself */
  words: string;
  /** The channel he comes by */
  state: string;
  /** What the corp calls the code */
  way_remark: string;
  /** Unix milliseconds */
  time: number;
}

export interface RequestsOut {
  /** Who waits for the member, newest first */
  requests: Request[];
}

export interface ServiceCardIn {
  /** The end of the link */
  code: string;
}

export interface ServiceCardOut {
  /** The account */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** Its company */
  corp: Corp;
  /** Within its hours */
  open: boolean;
  /** The chat, when he came before */
  chat?: string;
}

export interface ServiceClickedIn {
  /** The chat with the account */
  chat: string;
  /** The menu's message */
  seq: number;
  /** The item */
  id: string;
  /** Made by the client; a repeat adds nothing */
  nonce: string;
}

export interface ServiceClickedOut {
  /** Of what he said by it */
  seq: number;
}

export interface ServiceColleaguesIn {
  /** The account */
  open_kfid: string;
}

export interface ServiceColleague {
  /** The colleague */
  userid: string;
  /** His name */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** He does just now */
  receives: boolean;
}

export interface ServiceColleaguesOut {
  /** The others who serve there */
  colleagues: ServiceColleague[];
}

export interface Service {
  /** Its chat */
  chat: string;
  /** The account */
  open_kfid: string;
  /** new, bot, queue, served or ended */
  state: string;
  /** In the queue, from 1 */
  place?: number;
  /** What it may take; absent: unknown */
  wait_s?: number;
  /** Within its hours */
  open: boolean;
  /** Who serves */
  servicer?: Who;
  /** The consultation */
  session?: string;
  /** It has ended and may be rated */
  rate: boolean;
  /** What the customer said of it */
  rating?: number;
  /** kind, name, position, code, wording … */
  upgrade?: unknown;
  /** The customer wants no messages of apps */
  refuses: boolean;
  /** His messages are refused */
  rejected: boolean;
  /** Of the state */
  since: number;
  /** To members: the link he came by */
  scene?: string;
  /** To members: what was appended */
  scene_param?: string;
  /** To members: who asks */
  customer?: Who;
  /** To members: his last words */
  preview?: string;
}

export interface ServiceAccount {
  /** The account */
  open_kfid: string;
  /** Its name */
  name: string;
  /** For GET /v1/avatar; empty without one */
  avatar: string;
  /** receiving, suspended or stopped */
  status: string;
  /** Servicers take from the queue themselves */
  manual: boolean;
  /** Within its hours */
  open: boolean;
  /** The queue, first come first */
  waiting: Service[];
}

export interface ServiceDeskOut {
  /** Where the member serves */
  accounts: ServiceAccount[];
  /** Whom he serves */
  mine: Service[];
  /** Whom he served lately */
  ended: Service[];
}

export interface ServiceOneIn {
  /** The chat with the account */
  chat: string;
}

export interface ServiceOneOut {
  /** As it stands */
  service: Service;
}

export interface ServiceEnterIn {
  /** The end of the link */
  code: string;
  /** Of the link's query */
  scene_param?: string;
  /** A visitor if absent */
  nickname?: string;
}

export interface ServiceEnterOut {
  /** The chat with the account */
  chat: Chat;
  /** The consumer */
  me: Me;
}

export interface ServiceInviteIn {
  /** The chat */
  chat: string;
  /** What goes with it */
  wording?: string;
}

export interface ServiceTakeOut {
  /** As it stands */
  service: Service;
}

export interface ServiceRatedIn {
  /** The chat with the account */
  chat: string;
  /** The consultation */
  session: string;
  /** 1 bad to 5 good */
  rating: number;
  /** And why */
  words?: string;
}

export interface ServiceRefusedIn {
  /** The chat with the account */
  chat: string;
  /** He wants no messages until he speaks */
  on: boolean;
}

export interface ServiceRejectedIn {
  /** The chat */
  chat: string;
  /** His messages are refused */
  on: boolean;
}

export interface ServiceTakeIn {
  /** The account */
  open_kfid: string;
  /** The customer */
  external_userid: string;
}

export interface ServiceStatusIn {
  /** The account */
  open_kfid: string;
  /** receiving, suspended or stopped */
  status: string;
}

export interface ServiceTransferIn {
  /** The chat */
  chat: string;
  /** The colleague */
  userid: string;
}

export interface SessionRevokeIn {
  /** Which to end */
  session: string;
}

export interface SessionItem {
  /** Its number */
  session: string;
  /** What signed in, as it called itself */
  device: string;
  /** Unix milliseconds */
  created: number;
  /** Last used, to about an hour */
  seen: number;
  /** The one that asks */
  current: boolean;
}

export interface SessionsOut {
  /** Newest first */
  sessions: SessionItem[];
}

export interface SignInIn {
  /** corpid; needed where there are several companies */
  corp?: string;
  /** userid, mobile or e-mail address */
  account: string;
  /** The password */
  password: string;
}

export interface SignInOut {
  /** The signed-in member */
  me: Me;
  /** For Authorization: Bearer */
  token: string;
}

export interface Tag {
  /** The label */
  tag_id: string;
  /** Its name */
  name: string;
}

export interface TagGroup {
  /** The group */
  group_id: string;
  /** Its name */
  name: string;
  /** Its labels, in order */
  tags: Tag[];
}

export interface TagsOut {
  /** The corp's labels, in order */
  groups: TagGroup[];
}

export interface MyWelcomeOut {
  /** Employees may write their own */
  allowed: boolean;
  /** The member's own */
  rule?: WelcomeRuleView;
}

export interface MyWelcomePutIn {
  /** It holds; if absent it does */
  enabled?: boolean;
  /** Bits: Monday 1; if absent all */
  days?: number;
  /** Minute of the day it begins */
  from_min?: number;
  /** When it ends; the same: all day */
  until_min?: number;
  /** {customer}, {member} and {company} are filled in */
  text?: string;
  /** At most 9 */
  attachments?: Attachment[];
}

/** What each route takes and gives. */
export interface Routes {
  /** Add the member a code leads to, or ask him */
  'POST /v1/add': { in: AddIn; out: AddOut };
  /** How many more customers links may bring */
  'GET /v1/admin/acquisition_quota': { in: Record<string, never>; out: AdminQuotaOut };
  /** Take a grant back */
  'POST /v1/admin/acquisition_quota/drop': { in: AdminQuotaDropIn; out: AdminQuotaOut };
  /** Grant some, until a day */
  'POST /v1/admin/acquisition_quota/grant': { in: AdminQuotaGrantIn; out: AdminQuotaOut };
  /** One app, with its callback's key */
  'GET /v1/admin/app': { in: AdminAppGetIn; out: AdminAppOut };
  /** Set where an app's events go, after asking the URL */
  'POST /v1/admin/app/callback': { in: AdminAppCallbackIn; out: AdminAppOut };
  /** Make an app */
  'POST /v1/admin/app/create': { in: AdminAppCreateIn; out: AdminAppOut };
  /** Show or renew a secret */
  'POST /v1/admin/app/secret': { in: AdminAppSecretIn; out: AdminAppSecretOut };
  /** Change an app */
  'POST /v1/admin/app/update': { in: AdminAppUpdateIn; out: AdminAppOut };
  /** All apps */
  'GET /v1/admin/apps': { in: Record<string, never>; out: AdminAppsOut };
  /** What administrators did */
  'GET /v1/admin/audit': { in: AdminAuditIn; out: AdminAuditOut };
  /** Cards and own codes of a department, to be printed */
  'POST /v1/admin/badges': { in: AdminBadgesIn; out: AdminBadgesOut };
  /** The company's settings */
  'GET /v1/admin/corp': { in: Record<string, never>; out: AdminCorpOut };
  /** Change the company's settings */
  'POST /v1/admin/corp': { in: AdminCorpSetIn; out: AdminCorpOut };
  /** Customers as a file, marked and on record */
  'POST /v1/admin/customers/export': { in: AdminCustomerExportIn; out: Record<string, never> };
  /** Callbacks, newest first */
  'GET /v1/admin/deliveries': { in: AdminDeliveriesIn; out: AdminDeliveriesOut };
  /** One of them, with its content */
  'GET /v1/admin/delivery': { in: AdminDeliveryOneIn; out: AdminDeliveryOneOut };
  /** Deliver it once more, with the same event id */
  'POST /v1/admin/delivery/replay': { in: AdminDeliveryOneIn; out: Record<string, never> };
  /** The tree */
  'GET /v1/admin/departments': { in: Record<string, never>; out: AdminDepartmentsOut };
  /** All groups of a member get another owner, at once */
  'POST /v1/admin/group/transfer': { in: AdminGroupTransferIn; out: AdminGroupTransferOut };
  /** Customer groups of the corp */
  'GET /v1/admin/groups': { in: AdminGroupsIn; out: AdminGroupsOut };
  /** All customers of a member pass to another, at once */
  'POST /v1/admin/handover': { in: AdminHandoverIn; out: AdminHandoverOut };
  /** A member's customers, to assign from */
  'GET /v1/admin/handover/customers': { in: AdminUnassignedIn; out: AdminUnassignedOut };
  /** Who has left and still has customers */
  'GET /v1/admin/handover/leavers': { in: AdminLeaversIn; out: AdminLeaversOut };
  /** Who would get whom, if a member left now */
  'POST /v1/admin/handover/preview': { in: AdminPreviewIn; out: AdminPreviewOut };
  /** Who follows when somebody leaves */
  'GET /v1/admin/handover/rules': { in: Record<string, never>; out: AdminRulesOut };
  /** Replace the rules */
  'POST /v1/admin/handover/rules/set': { in: AdminRulesSetIn; out: AdminRulesOut };
  /** What was handed over, newest first */
  'GET /v1/admin/handovers': { in: AdminHandoversIn; out: AdminHandoversOut };
  /** What was done with customers, by day, member, department and channel */
  'GET /v1/admin/insight': { in: InsightIn; out: AdminInsightOut };
  /** The same as a table */
  'GET /v1/admin/insight.csv': { in: AdminInsightCsvIn; out: Record<string, never> };
  /** One mass message */
  'GET /v1/admin/mass': { in: AdminMassIn; out: AdminMassOut };
  /** Stop it where it is not sent yet */
  'POST /v1/admin/mass/cancel': { in: AdminMassIn; out: AdminMassOut };
  /** How many would get it */
  'POST /v1/admin/mass/count': { in: AdminMassCountIn; out: AdminMassCountOut };
  /** Make a mass message of the company */
  'POST /v1/admin/mass/create': { in: AdminMassCreateIn; out: AdminMassOut };
  /** Results by customer */
  'GET /v1/admin/mass/customers': { in: AdminMassCustomersIn; out: AdminMassCustomersOut };
  /** Mass messages */
  'GET /v1/admin/mass/list': { in: AdminMassesIn; out: AdminMassesOut };
  /** Pause its sending */
  'POST /v1/admin/mass/pause': { in: AdminMassIn; out: AdminMassOut };
  /** Remind members who have not decided */
  'POST /v1/admin/mass/remind': { in: AdminMassIn; out: AdminMassOut };
  /** Results as CSV */
  'GET /v1/admin/mass/results.csv': { in: AdminMassCsvIn; out: Record<string, never> };
  /** Go on with its sending */
  'POST /v1/admin/mass/resume': { in: AdminMassIn; out: AdminMassOut };
  /** Results by member */
  'GET /v1/admin/mass/tasks': { in: AdminMassTasksIn; out: AdminMassTasksOut };
  /** Disable a member: his sessions end, his customers go by the rules */
  'POST /v1/admin/member/disable': { in: AdminMemberIn; out: Record<string, never> };
  /** Let a disabled member in again */
  'POST /v1/admin/member/enable': { in: AdminMemberIn; out: Record<string, never> };
  /** A member leaves for good; his customers go by the rules */
  'POST /v1/admin/member/leave': { in: AdminMemberIn; out: Record<string, never> };
  /** Give a member a new password */
  'POST /v1/admin/member/password': { in: AdminMemberIn; out: AdminMemberPasswordOut };
  /** Members, in pages */
  'GET /v1/admin/members': { in: AdminMembersIn; out: AdminMembersOut };
  /** Add and change members by a CSV file */
  'POST /v1/admin/members/import': { in: Record<string, never>; out: AdminImportOut };
  /** One moment, and who has it */
  'GET /v1/admin/moment': { in: AdminMomentGetIn; out: AdminMomentGetOut };
  /** Stop those who have not published it yet */
  'POST /v1/admin/moment/cancel': { in: AdminMomentCancelIn; out: Record<string, never> };
  /** Have members publish a moment */
  'POST /v1/admin/moment/create': { in: AdminMomentCreateIn; out: AdminMomentCreateOut };
  /** A picture or film of a moment */
  'GET /v1/admin/moment/file': { in: AdminMomentFileIn; out: Record<string, never> };
  /** Moments, with what came of them */
  'GET /v1/admin/moments': { in: AdminMomentsIn; out: AdminMomentsOut };
  /** The company in numbers */
  'GET /v1/admin/overview': { in: Record<string, never>; out: AdminOverviewOut };
  /** Delete a product */
  'POST /v1/admin/product/delete': { in: ProductDeleteIn; out: Record<string, never> };
  /** Add a product, or change one */
  'POST /v1/admin/product/save': { in: ProductSaveIn; out: ProductSaveOut };
  /** A picture for the album */
  'POST /v1/admin/product/upload': { in: Record<string, never>; out: ProductUploadOut };
  /** The company's quick replies */
  'GET /v1/admin/replies': { in: Record<string, never>; out: ReplyListOut };
  /** Delete one of the company's */
  'POST /v1/admin/reply/delete': { in: ReplyRemoveIn; out: Record<string, never> };
  /** Add or change one of the company's */
  'POST /v1/admin/reply/put': { in: ReplyWriteIn; out: ReplyWriteOut };
  /** Say what came of it */
  'POST /v1/admin/report/close': { in: AdminReportCloseIn; out: Record<string, never> };
  /** It is open again */
  'POST /v1/admin/report/reopen': { in: AdminReportCloseIn; out: Record<string, never> };
  /** What customers report */
  'GET /v1/admin/reports': { in: AdminReportsIn; out: AdminReportsOut };
  /** Make one */
  'POST /v1/admin/service/account/create': { in: AdminServiceCreateIn; out: AdminServiceCreateOut };
  /** Delete it; its consultations end */
  'POST /v1/admin/service/account/delete': { in: AdminServiceDeleteIn; out: Record<string, never> };
  /** Change its picture */
  'POST /v1/admin/service/account/picture': { in: AdminServiceDeleteIn; out: AdminServiceCreateOut };
  /** Change it, who serves, and which apps manage it */
  'POST /v1/admin/service/account/update': { in: AdminServiceUpdateIn; out: AdminServiceCreateOut };
  /** Service accounts */
  'GET /v1/admin/service/accounts': { in: Record<string, never>; out: AdminServiceAccountsOut };
  /** What the bot knows */
  'GET /v1/admin/service/knowledge': { in: Record<string, never>; out: AdminKnowledgeOut };
  /** Delete a question */
  'POST /v1/admin/service/knowledge/drop': { in: AdminKnowledgeDropIn; out: AdminKnowledgeOut };
  /** Add a question and its answer, or change one */
  'POST /v1/admin/service/knowledge/put': { in: AdminKnowledgePutIn; out: AdminKnowledgeOut };
  /** How it went, day by day and member by member */
  'GET /v1/admin/service/statistics': { in: AdminServiceStatsIn; out: AdminServiceStatsOut };
  /** To whom customers may be passed on */
  'GET /v1/admin/service/upgrade': { in: Record<string, never>; out: AdminServiceUpgradeOut };
  /** Change that */
  'POST /v1/admin/service/upgrade': { in: AdminServiceUpgradeOut; out: Record<string, never> };
  /** Change one rule of the company */
  'POST /v1/admin/setting': { in: AdminSettingSetIn; out: AdminSettingsOut };
  /** The company's rules */
  'GET /v1/admin/settings': { in: Record<string, never>; out: AdminSettingsOut };
  /** Make or change one */
  'POST /v1/admin/way': { in: AdminWayPutIn; out: AdminWayPutOut };
  /** How often a link was opened, and who came, by day */
  'GET /v1/admin/way/days': { in: AdminWayDropIn; out: AdminWayDaysOut };
  /** Delete one */
  'POST /v1/admin/way/delete': { in: AdminWayDropIn; out: Record<string, never> };
  /** The company's codes or links */
  'GET /v1/admin/ways': { in: AdminWaysIn; out: AdminWaysOut };
  /** Delete a rule */
  'POST /v1/admin/welcome_rule/delete': { in: WelcomeDropIn; out: Record<string, never> };
  /** Add or change a rule */
  'POST /v1/admin/welcome_rule/put': { in: WelcomePutIn; out: WelcomePutOut };
  /** First words by rule, newest first */
  'GET /v1/admin/welcome_rules': { in: Record<string, never>; out: WelcomeListOut };
  /** One rule */
  'GET /v1/admin/word': { in: AdminWordGetIn; out: AdminWordGetOut };
  /** Delete a rule */
  'POST /v1/admin/word/delete': { in: AdminWordGetIn; out: Record<string, never> };
  /** Who sent what he was warned of */
  'GET /v1/admin/word/hits': { in: AdminWordHitsIn; out: AdminWordHitsOut };
  /** Add or change a rule */
  'POST /v1/admin/word/put': { in: AdminWordPutIn; out: AdminWordGetOut };
  /** Rules of sensitive words */
  'GET /v1/admin/words': { in: Record<string, never>; out: AdminWordsOut };
  /** Open the chat with an app */
  'POST /v1/app/open': { in: AppOpenIn; out: AppOpenOut };
  /** Apps the member may open */
  'GET /v1/apps': { in: Record<string, never>; out: AppsOut };
  /** A picture of a person or an app */
  'GET /v1/avatar': { in: AvatarIn; out: Record<string, never> };
  /** Shut out an employee, or a whole company */
  'POST /v1/block': { in: BlockIn; out: Record<string, never> };
  /** Whom a code leads to */
  'GET /v1/card': { in: CardIn; out: CardOut };
  /** The page of a code was opened */
  'POST /v1/card/seen': { in: CardSeenIn; out: Record<string, never> };
  /** A link by which somebody else adds the same employee */
  'POST /v1/card/share': { in: CardShareIn; out: CardShareOut };
  /** One chat */
  'GET /v1/chat': { in: ChatIn; out: ChatOut };
  /** The bytes of a picture or file */
  'GET /v1/chat/file': { in: ChatFileIn; out: Record<string, never> };
  /** A part of a chat's timeline */
  'GET /v1/chat/messages': { in: MessagesIn; out: MessagesOut };
  /** Move the viewer's read mark */
  'POST /v1/chat/read': { in: ReadIn; out: Record<string, never> };
  /** Say something in a chat */
  'POST /v1/chat/send': { in: SendIn; out: SendOut };
  /** Send a picture or a file into a chat */
  'POST /v1/chat/upload': { in: UploadIn; out: UploadOut };
  /** The viewer's chats, newest change first */
  'GET /v1/chats': { in: ChatsIn; out: ChatsOut };
  /** QR code of a code's link */
  'GET /v1/code.svg': { in: CardIn; out: Record<string, never> };
  /** All who serve the consumer, by company */
  'GET /v1/companies': { in: Record<string, never>; out: CompaniesOut };
  /** One of them, and what it has of him */
  'GET /v1/company': { in: CompanyIn; out: CompanyOut };
  /** All that a company has of the consumer, as a zip */
  'GET /v1/company/export': { in: CompanyExportIn; out: Record<string, never> };
  /** Take the consent back: he leaves everybody there and is forgotten */
  'POST /v1/company/withdraw': { in: CompanyIn; out: Record<string, never> };
  /** One of them */
  'GET /v1/customer': { in: CustomerIn; out: CustomerOut };
  /** Shut a customer out of the company; all relations with him end */
  'POST /v1/customer/block': { in: CustomerBlockIn; out: Record<string, never> };
  /** What apps show of a customer */
  'GET /v1/customer/cards': { in: CustomerCardsIn; out: CustomerCardsOut };
  /** Who else serves him, where the corp allows it */
  'GET /v1/customer/colleagues': { in: CustomerColleaguesIn; out: CustomerColleaguesOut };
  /** End the relation; the corp keeps the history */
  'POST /v1/customer/delete': { in: CustomerIn; out: Record<string, never> };
  /** What happened to a customer, newest first */
  'GET /v1/customer/history': { in: HistoryIn; out: HistoryOut };
  /** Set the member's own labels on a customer */
  'POST /v1/customer/personal_tags': { in: CustomerPersonalIn; out: CustomerPersonalOut };
  /** Change the notes on him */
  'POST /v1/customer/remark': { in: CustomerNoteIn; out: CustomerOut };
  /** The picture beside the member's notes */
  'GET /v1/customer/remark_pic': { in: RemarkPicIn; out: Record<string, never> };
  /** Set his labels */
  'POST /v1/customer/tags': { in: CustomerTagsIn; out: CustomerOut };
  /** Take that back */
  'POST /v1/customer/unblock': { in: CustomerBlockIn; out: Record<string, never> };
  /** The member's customers, newest first, by filters */
  'GET /v1/customers': { in: CustomersIn; out: CustomersOut };
  /** My customers as a file, marked and on record; needs export_customer_list */
  'POST /v1/customers/export': { in: Record<string, never>; out: Record<string, never> };
  /** One group and who is in it */
  'GET /v1/group': { in: GroupIn; out: GroupOut };
  /** Make a member an administrator of a group, or no more */
  'POST /v1/group/admin': { in: GroupPutAdminIn; out: Record<string, never> };
  /** The group a code leads to */
  'GET /v1/group/card': { in: GroupCardOfIn; out: GroupCardOfOut };
  /** The code by which customers join a group */
  'GET /v1/group/code': { in: GroupCodeIn; out: GroupCodeOut };
  /** A new group with some of the member's customers */
  'POST /v1/group/create': { in: GroupCreateIn; out: GroupCreateOut };
  /** End a group for all */
  'POST /v1/group/dismiss': { in: GroupEndIn; out: Record<string, never> };
  /** Customers in several of the member's groups stay in the first */
  'POST /v1/group/drop_twice': { in: Record<string, never>; out: GroupUntwiceOut };
  /** Take in more of his customers, or colleagues */
  'POST /v1/group/invite': { in: GroupInviteIn; out: GroupInviteOut };
  /** Join the group */
  'POST /v1/group/join': { in: GroupJoinIn; out: GroupJoinOut };
  /** Leave a group */
  'POST /v1/group/leave': { in: GroupIn; out: Record<string, never> };
  /** The viewer's name in a group */
  'POST /v1/group/nickname': { in: GroupNicknameIn; out: Record<string, never> };
  /** Write on a group's board */
  'POST /v1/group/notice': { in: GroupPutNoticeIn; out: Record<string, never> };
  /** Give a group to a colleague */
  'POST /v1/group/owner': { in: GroupPutOwnerIn; out: Record<string, never> };
  /** Take somebody out */
  'POST /v1/group/remove': { in: GroupInviteIn; out: GroupInviteOut };
  /** Rename a group */
  'POST /v1/group/rename': { in: GroupSetNameIn; out: Record<string, never> };
  /** What customers who come are sent */
  'POST /v1/group/welcome': { in: GroupPutWelcomeIn; out: Record<string, never> };
  /** A new welcome template, of text */
  'POST /v1/group/welcome/create': { in: GroupWelcomeMakeIn; out: GroupWelcomeMakeOut };
  /** Welcome templates for groups */
  'GET /v1/group/welcomes': { in: Record<string, never>; out: GroupWelcomesOut };
  /** The customer groups the member is in */
  'GET /v1/groups': { in: GroupsIn; out: GroupsOut };
  /** The customer refuses the successor, within a day */
  'POST /v1/handover/refuse': { in: HandoverRefusalIn; out: Record<string, never> };
  /** What I did with customers, by days */
  'GET /v1/insight': { in: InsightIn; out: InsightOut };
  /** Delete the member: the chat closes */
  'POST /v1/leave': { in: LeaveIn; out: Record<string, never> };
  /** Stop one of my own where it is not sent yet */
  'POST /v1/mass/cancel': { in: MassTaskIn; out: MassTaskOut };
  /** How many of my customers would get it */
  'POST /v1/mass/count': { in: MassOwnCountIn; out: MassOwnCountOut };
  /** A mass message of my own, sent at once */
  'POST /v1/mass/create': { in: MassOwnIn; out: MassTaskOut };
  /** My customers in it, and who has got it */
  'GET /v1/mass/customers': { in: MassCustomersIn; out: MassCustomersOut };
  /** Send it, but not to these */
  'POST /v1/mass/send': { in: MassSendIn; out: MassTaskOut };
  /** Do not send it */
  'POST /v1/mass/skip': { in: MassTaskIn; out: MassTaskOut };
  /** One of them */
  'GET /v1/mass/task': { in: MassTaskIn; out: MassTaskOut };
  /** Mass messages that wait for me or were sent by me */
  'GET /v1/mass/tasks': { in: MassTasksIn; out: MassTasksOut };
  /** Who is signed in */
  'GET /v1/me': { in: Record<string, never>; out: MeOut };
  /** How the consumer is found again */
  'GET /v1/me/account': { in: Record<string, never>; out: MeAccountOut };
  /** Mail a code to an address */
  'POST /v1/me/email/code': { in: EmailCodeIn; out: EmailCodeOut };
  /** Forget the address */
  'POST /v1/me/email/drop': { in: Record<string, never>; out: Record<string, never> };
  /** With the code: binds the address, or signs in to its account */
  'POST /v1/me/email/verify': { in: EmailVerifyIn; out: EmailVerifyOut };
  /** The language in which he is written to */
  'POST /v1/me/language': { in: MeLanguageIn; out: Record<string, never> };
  /** Change the consumer's name */
  'POST /v1/me/name': { in: MeNameIn; out: Record<string, never> };
  /** Change the consumer's picture: a small square */
  'POST /v1/me/picture': { in: Record<string, never>; out: MePictureOut };
  /** An attachment's file; pictures are shown */
  'GET /v1/media': { in: FilePreviewIn; out: Record<string, never> };
  /** Upload a file for attachments */
  'POST /v1/media/upload': { in: FileUploadIn; out: FileUploadOut };
  /** Publish a moment of one's own */
  'POST /v1/moment/add': { in: MomentOwnIn; out: MomentOwnOut };
  /** Who sees a moment, or would see one */
  'POST /v1/moment/audience': { in: MomentAudienceIn; out: MomentAudienceOut };
  /** Say something under a moment */
  'POST /v1/moment/comment': { in: MomentCommentIn; out: MomentLikeOut };
  /** Take a comment away */
  'POST /v1/moment/comment/delete': { in: MomentCommentDropIn; out: MomentLikeOut };
  /** Take a published moment away */
  'POST /v1/moment/delete': { in: MomentPublishIn; out: Record<string, never> };
  /** A picture or film of a moment */
  'GET /v1/moment/file': { in: MomentFileIn; out: Record<string, never> };
  /** Like a moment, or not */
  'POST /v1/moment/like': { in: MomentLikeIn; out: MomentLikeOut };
  /** The member's moments: to be published, or published */
  'GET /v1/moment/mine': { in: DeskMomentsIn; out: DeskMomentsOut };
  /** Publish what the corp has made */
  'POST /v1/moment/publish': { in: MomentPublishIn; out: MomentOwnOut };
  /** A picture or film for a moment */
  'POST /v1/moment/upload': { in: MomentUploadIn; out: MomentUploadOut };
  /** Moments of the people who serve the consumer */
  'GET /v1/moments': { in: MomentsIn; out: MomentsOut };
  /** The code by which customers add the member */
  'GET /v1/my_code': { in: Record<string, never>; out: MyCodeOut };
  /** The member's own codes */
  'GET /v1/my_codes': { in: Record<string, never>; out: MyWaysOut };
  /** One more */
  'POST /v1/my_codes/add': { in: MyWayAddIn; out: MyWaysOut };
  /** Delete one: who came by it stays */
  'POST /v1/my_codes/delete': { in: MyWayDropIn; out: MyWaysOut };
  /** Change one */
  'POST /v1/my_codes/set': { in: MyWaySetIn; out: MyWaysOut };
  /** What the consumer asked for */
  'GET /v1/my_requests': { in: Record<string, never>; out: MyRequestsOut };
  /** Another passkey of the consumer's */
  'POST /v1/passkey/add': { in: PasskeyRegisterIn; out: Record<string, never> };
  /** What a passkey is to sign */
  'POST /v1/passkey/challenge': { in: Record<string, never>; out: PasskeyChallengeOut };
  /** Forget a passkey */
  'POST /v1/passkey/drop': { in: PasskeyForgetIn; out: Record<string, never> };
  /** Sign in to the passkey's account */
  'POST /v1/passkey/sign_in': { in: PasskeySignInIn; out: EmailVerifyOut };
  /** Change one's password */
  'POST /v1/password': { in: PasswordIn; out: Record<string, never> };
  /** The member's own labels */
  'GET /v1/personal_tags': { in: Record<string, never>; out: PersonalListOut };
  /** Send a product into a chat */
  'POST /v1/product/send': { in: ProductSendIn; out: ProductSendOut };
  /** The corp's products */
  'GET /v1/products': { in: ProductsIn; out: ProductsOut };
  /** The server's key for Web Push */
  'GET /v1/push/key': { in: Record<string, never>; out: PushKeyOut };
  /** Tell this browser of messages while nobody looks */
  'POST /v1/push/subscribe': { in: PushOnIn; out: Record<string, never> };
  /** And no more */
  'POST /v1/push/unsubscribe': { in: PushOffIn; out: Record<string, never> };
  /** Quick replies: the member's own, then the company's */
  'GET /v1/replies': { in: Record<string, never>; out: ReplyListOut };
  /** Delete an own one */
  'POST /v1/reply/delete': { in: ReplyRemoveIn; out: Record<string, never> };
  /** Add or change an own one */
  'POST /v1/reply/put': { in: ReplyWriteIn; out: ReplyWriteOut };
  /** Send one into a chat: its text, then its attachments */
  'POST /v1/reply/send': { in: ReplySayIn; out: Record<string, never> };
  /** Report somebody to his company's administrators */
  'POST /v1/report': { in: ReportIn; out: Record<string, never> };
  /** Accept: the customer is added */
  'POST /v1/request/accept': { in: RequestIn; out: RequestAcceptedOut };
  /** Do not */
  'POST /v1/request/refuse': { in: RequestIn; out: Record<string, never> };
  /** Withdraw it, or forget a refusal */
  'POST /v1/request/withdraw': { in: RequestIn; out: Record<string, never> };
  /** Who waits for the member to accept */
  'GET /v1/requests': { in: Record<string, never>; out: RequestsOut };
  /** Whom a service link leads to */
  'GET /v1/service/card': { in: ServiceCardIn; out: ServiceCardOut };
  /** Choose an item of a menu */
  'POST /v1/service/click': { in: ServiceClickedIn; out: ServiceClickedOut };
  /** QR code of a service link */
  'GET /v1/service/code.svg': { in: ServiceCardIn; out: Record<string, never> };
  /** Who else serves at an account */
  'GET /v1/service/colleagues': { in: ServiceColleaguesIn; out: ServiceColleaguesOut };
  /** Accounts one serves at, their queues, and one's own consultations */
  'GET /v1/service/desk': { in: Record<string, never>; out: ServiceDeskOut };
  /** End the consultation */
  'POST /v1/service/end': { in: ServiceOneIn; out: ServiceOneOut };
  /** Come to a service by its link */
  'POST /v1/service/enter': { in: ServiceEnterIn; out: ServiceEnterOut };
  /** Ask for a person */
  'POST /v1/service/human': { in: ServiceOneIn; out: ServiceOneOut };
  /** Offer oneself to the customer, to be added */
  'POST /v1/service/invite': { in: ServiceInviteIn; out: ServiceTakeOut };
  /** Say how it was */
  'POST /v1/service/rate': { in: ServiceRatedIn; out: ServiceOneOut };
  /** Want no messages of apps, or again */
  'POST /v1/service/refuse': { in: ServiceRefusedIn; out: ServiceOneOut };
  /** Refuse a customer's messages, or take them again */
  'POST /v1/service/reject': { in: ServiceRejectedIn; out: ServiceTakeOut };
  /** Serve again whom one served, after the end */
  'POST /v1/service/resume': { in: ServiceTakeIn; out: ServiceTakeOut };
  /** How a consultation stands: state, place in the queue, who serves */
  'GET /v1/service/session': { in: ServiceOneIn; out: ServiceOneOut };
  /** Receive customers, or stop for a while or for good */
  'POST /v1/service/status': { in: ServiceStatusIn; out: Record<string, never> };
  /** Take a customer from the queue */
  'POST /v1/service/take': { in: ServiceTakeIn; out: ServiceTakeOut };
  /** Pass a customer on to a colleague */
  'POST /v1/service/transfer': { in: ServiceTransferIn; out: Record<string, never> };
  /** End one of these sessions */
  'POST /v1/session/revoke': { in: SessionRevokeIn; out: Record<string, never> };
  /** Where the member is signed in */
  'GET /v1/sessions': { in: Record<string, never>; out: SessionsOut };
  /** Sign in as a member */
  'POST /v1/sign_in': { in: SignInIn; out: SignInOut };
  /** End this session */
  'POST /v1/sign_out': { in: Record<string, never>; out: Record<string, never> };
  /** The corp's labels */
  'GET /v1/tags': { in: Record<string, never>; out: TagsOut };
  /** Take that back */
  'POST /v1/unblock': { in: BlockIn; out: Record<string, never> };
  /** The member's own first words */
  'GET /v1/welcome': { in: Record<string, never>; out: MyWelcomeOut };
  /** Be without own first words */
  'POST /v1/welcome/delete': { in: Record<string, never>; out: Record<string, never> };
  /** Write the member's own first words */
  'POST /v1/welcome/put': { in: MyWelcomePutIn; out: MyWelcomeOut };
}

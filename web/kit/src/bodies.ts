/* kit/bodies.ts - what `body` of a message holds, by `type` (doc/design/client-api.md). */

export interface TextBody {
  content: string;
}

export interface ImageBody {
  name: string;
  size: number;
  width?: number;
  height?: number;
}

export interface FileBody {
  name: string;
  size: number;
  mime?: string;
}

export interface TextcardBody {
  title: string;
  description: string;
  url: string;
  btntxt?: string;
}

export interface LinkBody {
  title: string;
  desc?: string;
  url?: string;
  picurl?: string;
  picture?: boolean;
}

export interface MiniprogramBody {
  title: string;
  appid: string;
  page?: string;
  picture?: boolean;
}

export interface ProductBody {
  product_id: string;
  description: string;
  price: number;
  product_sn?: string;
  pictures: string[];
}

export interface MarkdownBody {
  content: string;
}

export interface MenuItem {
  type: string;
  click?: { id?: string; content: string };
  view?: { url: string; content: string };
  miniprogram?: { appid: string; pagepath: string; content: string };
  text?: { content: string };
}

export interface MenuBody {
  head_content?: string;
  list?: MenuItem[];
  tail_content?: string;
}

export interface PlaceBody {
  name?: string;
  address?: string;
  latitude: number;
  longitude: number;
}

export interface MemberCardBody {
  name: string;
  position?: string;
  code: string;
}

export interface SystemBody {
  event: string;
  [field: string]: unknown;
}

/* The longest text that one message may carry. */
export const TEXT_LIMIT = 4000;
/* The largest file the page offers to send; the server has its own limit. */
export const FILE_LIMIT = 20 * 1024 * 1024;

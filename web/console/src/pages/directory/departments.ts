/*
 * The tree of departments, loaded once and kept.  A large company has thousands, so
 * children are looked up in a map and nothing is made for what is not unfolded.
 */
import { shallowRef } from 'vue';
import { api, type AdminDepartment } from '@liaison/kit';

export interface Departments {
  all: AdminDepartment[];
  byId: Map<number, AdminDepartment>;
  children: Map<number, AdminDepartment[]>;
  roots: AdminDepartment[];
}

export const departments = shallowRef<Departments | null>(null);

export function index(all: AdminDepartment[]): Departments {
  const byId = new Map(all.map((d) => [d.id, d]));
  const children = new Map<number, AdminDepartment[]>();
  const roots: AdminDepartment[] = [];
  for (const d of all) {
    if (!byId.has(d.parentid) || d.parentid === d.id) {
      roots.push(d);
      continue;
    }
    const siblings = children.get(d.parentid);
    if (siblings) siblings.push(d);
    else children.set(d.parentid, [d]);
  }
  return { all, byId, children, roots };
}

export async function loadDepartments(again = false): Promise<Departments> {
  if (departments.value && !again) return departments.value;
  const made = index((await api('GET /v1/admin/departments')).departments);
  departments.value = made;
  return made;
}

/* From the root down, without the department itself. */
export function ancestors(of: Departments, id: number): AdminDepartment[] {
  const path: AdminDepartment[] = [];
  let at = of.byId.get(id);
  while (at && path.length < 64) {
    const parent = of.byId.get(at.parentid);
    if (!parent || parent === at) break;
    path.unshift(parent);
    at = parent;
  }
  return path;
}

export interface TreeRow {
  d: AdminDepartment;
  level: number;
  index: number;
  siblings: number;
  folder: boolean;
  open: boolean;
  path: string;
}

/* The rows that are to be seen, in order: an unfolded tree. */
export function openRows(of: Departments, open: ReadonlySet<number>): TreeRow[] {
  const rows: TreeRow[] = [];
  function walk(list: AdminDepartment[], level: number): void {
    list.forEach((d, i) => {
      const below = of.children.get(d.id);
      const isOpen = open.has(d.id);
      rows.push({ d, level, index: i + 1, siblings: list.length, folder: Boolean(below), open: isOpen, path: '' });
      if (below && isOpen && level < 64) walk(below, level + 1);
    });
  }
  walk(of.roots, 1);
  return rows;
}

/* Or, when something is searched, the departments that match, each with its path. */
export function foundRows(of: Departments, words: string, most = 300): TreeRow[] {
  const want = words.trim().toLowerCase();
  const hits = of.all.filter((d) => d.name.toLowerCase().includes(want)).slice(0, most);
  return hits.map((d, i) => ({
    d,
    level: 1,
    index: i + 1,
    siblings: hits.length,
    folder: false,
    open: false,
    path: ancestors(of, d.id)
      .map((a) => a.name)
      .join(' / '),
  }));
}
